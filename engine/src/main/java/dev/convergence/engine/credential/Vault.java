package dev.convergence.engine.credential;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.aead.KmsEnvelopeAead;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.id.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/// Seals credentials: each by a data key of its own, and that by the master key.
///
/// Tenant and provider are sealed in as associated data, so a ciphertext that was copied to another
/// tenant's row does not open.
public final class Vault {

    private final String keyId;
    private final Aead envelope;

    public Vault(MasterKey key) {
        this(key.id(), key.aead());
    }

    /// @param master seals data keys; a cloud's key service can stand here as well
    public Vault(String keyId, Aead master) {
        this.keyId = keyId;
        try {
            this.envelope = KmsEnvelopeAead.create(PredefinedAeadParameters.AES256_GCM, master);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Envelope encryption is not available", e);
        }
    }

    /// Ciphertext, and which master key can open it.
    public record Sealed(byte[] ciphertext, String keyId) {

        @Override
        public String toString() {
            return "Sealed[keyId=" + keyId + "]";
        }
    }

    Sealed seal(TenantId tenant, Provider provider, Secrets secrets) {
        return seal(tenant, provider.name(), secrets.toBytes());
    }

    /// @param purpose what the secret is for; nothing else can open it
    public Sealed seal(TenantId tenant, String purpose, byte[] secret) {
        try {
            return new Sealed(envelope.encrypt(secret, bound(tenant, purpose)), keyId);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A credential could not be sealed", e);
        }
    }

    /// @throws EngineException INVALID_CREDENTIALS when another master key sealed it, or when it
    ///   was sealed for another tenant or provider
    Secrets open(TenantId tenant, Provider provider, Sealed sealed) {
        return Secrets.fromBytes(open(tenant, provider.name(), sealed));
    }

    /// @throws EngineException INVALID_CREDENTIALS when another master key sealed it, or when it
    ///   was sealed for another tenant or purpose
    public byte[] open(TenantId tenant, String purpose, Sealed sealed) {
        if (!sealed.keyId().equals(keyId)) {
            throw unreadable("was sealed with another master key, " + sealed.keyId());
        }
        try {
            return envelope.decrypt(sealed.ciphertext(), bound(tenant, purpose));
        } catch (GeneralSecurityException e) {
            throw unreadable("was changed in the database, or belongs to somebody else");
        }
    }

    private static byte[] bound(TenantId tenant, String purpose) {
        return (tenant + "/" + purpose).getBytes(StandardCharsets.UTF_8);
    }

    private static EngineException unreadable(String why) {
        return new EngineException(
                ErrorCode.INVALID_CREDENTIALS,
                "The stored credential can't be opened: it " + why + ". Store it again.");
    }
}
