package dev.convergence.service.http.credential;

import dev.convergence.api.credential.CredentialAnswer;
import dev.convergence.api.credential.CredentialChangeRequest;
import dev.convergence.api.credential.CredentialDeletedAnswer;
import dev.convergence.api.credential.CredentialRequest;
import dev.convergence.engine.credential.Credential;
import dev.convergence.engine.credential.CredentialUpdate;
import dev.convergence.engine.credential.NewCredential;
import dev.convergence.engine.credential.StoredCredential;
import dev.convergence.engine.id.TenantId;
import java.util.Locale;
import java.util.UUID;

/// Credentials' words on the wire and in the engine.
final class CredentialWords {

    private CredentialWords() {}

    static NewCredential wish(CredentialRequest request) {
        return new NewCredential(
                request.provider(),
                request.credentialType(),
                request.credentialName(),
                request.credentials(),
                request.projectId(),
                request.accountId(),
                request.region(),
                request.scopes(),
                request.description());
    }

    static CredentialUpdate change(CredentialChangeRequest request) {
        return new CredentialUpdate(
                request.credentials(), request.description(), request.isActive());
    }

    static CredentialAnswer.Stored stored(StoredCredential stored) {
        return new CredentialAnswer.Stored(
                answer(stored.credential()),
                stored.action().name(),
                stored.dataset().created() ? "CREATED" : "EXISTS",
                stored.dataset().tables(),
                "The credential is stored encrypted ("
                        + stored.action().name().toLowerCase(Locale.ROOT)
                        + ").");
    }

    static CredentialAnswer answer(Credential credential) {
        return new CredentialAnswer(
                credential.id(),
                credential.tenant().value(),
                credential.tenant().value(),
                credential.provider().name(),
                credential.type().name(),
                credential.name(),
                credential.projectId(),
                credential.accountId(),
                credential.region(),
                credential.scopes(),
                credential.description(),
                credential.isActive(),
                credential.validation().name(),
                credential.validationError(),
                credential.lastValidatedAt(),
                credential.lastUsedAt(),
                credential.createdBy(),
                credential.updatedBy(),
                credential.createdAt(),
                credential.updatedAt());
    }

    static CredentialDeletedAnswer deleted(TenantId tenant, UUID id) {
        return new CredentialDeletedAnswer(
                id, tenant.value(), tenant.value(), true, "The credential is deleted.");
    }
}
