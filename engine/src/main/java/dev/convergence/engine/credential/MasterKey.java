package dev.convergence.engine.credential;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;

/// The installation's key of 256 bits, which seals the data keys of credentials.
public final class MasterKey {

    private static final int BYTES = 32;
    private static final int IV_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int ID_BYTES = 4;

    private final String id;
    private final Aead aead;

    private MasterKey(String id, Aead aead) {
        this.id = id;
        this.aead = aead;
    }

    /// @throws IllegalArgumentException when it isn't 32 bytes in base64; the message does not show
    ///   it
    public static MasterKey fromBase64(String text) {
        byte[] key = decode(text);
        if (key.length != BYTES) {
            throw new IllegalArgumentException(
                    "The master key has " + key.length + " bytes; it needs " + BYTES + ".");
        }
        try {
            return new MasterKey(idOf(key), aead(key));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has AES-GCM and SHA-256", e);
        }
    }

    private static byte[] decode(String text) {
        try {
            return Base64.getDecoder().decode(text.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The master key is not base64.");
        }
    }

    private static String idOf(byte[] key) throws GeneralSecurityException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(key);
        return HexFormat.of().formatHex(hash, 0, ID_BYTES);
    }

    @AccessesPartialKey
    private static Aead aead(byte[] key) throws GeneralSecurityException {
        AeadConfig.register();
        AesGcmParameters parameters =
                AesGcmParameters.builder()
                        .setKeySizeBytes(BYTES)
                        .setIvSizeBytes(IV_BYTES)
                        .setTagSizeBytes(TAG_BYTES)
                        .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                        .build();
        AesGcmKey imported =
                AesGcmKey.builder()
                        .setParameters(parameters)
                        .setKeyBytes(SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get()))
                        .build();
        KeysetHandle.Builder.Entry entry =
                KeysetHandle.importKey(imported).withRandomId().makePrimary();
        return KeysetHandle.newBuilder()
                .addEntry(entry)
                .build()
                .getPrimitive(RegistryConfiguration.get(), Aead.class);
    }

    /// The first 8 hex digits of the key's SHA-256; it tells keys apart and reveals nothing.
    public String id() {
        return id;
    }

    Aead aead() {
        return aead;
    }

    @Override
    public String toString() {
        return "MasterKey[" + id + "]";
    }
}
