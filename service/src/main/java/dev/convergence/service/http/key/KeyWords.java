package dev.convergence.service.http.key;

import dev.convergence.api.key.IssuedKeyAnswer;
import dev.convergence.api.key.KeyAnswer;
import dev.convergence.api.key.KeyRevokedAnswer;
import dev.convergence.engine.tenant.ApiKey;
import dev.convergence.engine.tenant.IssuedKey;

/// API keys' words on the wire.
public final class KeyWords {

    private KeyWords() {}

    static IssuedKeyAnswer issued(IssuedKey issued) {
        ApiKey key = issued.key();
        return new IssuedKeyAnswer(
                key.id(),
                key.id(),
                key.tenant().value(),
                key.tenant().value(),
                key.name(),
                issued.clearText(),
                key.scopes(),
                key.isActive(),
                key.createdAt(),
                key.expiresAt());
    }

    static KeyAnswer answer(ApiKey key) {
        return new KeyAnswer(
                key.id(),
                key.id(),
                key.tenant().value(),
                key.tenant().value(),
                key.name(),
                key.scopes(),
                key.isActive(),
                key.createdAt(),
                key.expiresAt(),
                key.lastUsedAt(),
                key.deactivatedAt());
    }

    public static KeyRevokedAnswer revoked(ApiKey key) {
        return new KeyRevokedAnswer(
                key.id(),
                key.tenant().value(),
                key.tenant().value(),
                false,
                "The API key " + key.name() + " is revoked.");
    }
}
