package dev.convergence.engine.webhook;

import dev.convergence.engine.credential.Vault;
import dev.convergence.engine.credential.Vault.Sealed;
import dev.convergence.engine.id.TenantId;
import java.util.UUID;

/// Seals signing secrets; a ciphertext that was copied to another endpoint's row does not open.
record SecretVault(Vault vault) {

    Sealed seal(TenantId tenant, UUID endpoint, SigningSecret secret) {
        return vault.seal(tenant, purpose(endpoint), secret.key());
    }

    SigningSecret open(TenantId tenant, UUID endpoint, Sealed sealed) {
        return SigningSecret.ofKey(vault.open(tenant, purpose(endpoint), sealed));
    }

    private static String purpose(UUID endpoint) {
        return "webhook/" + endpoint;
    }
}
