package dev.convergence.engine.webhook;

import dev.convergence.engine.error.FieldFaults;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// The key with which payloads are signed, in the form of Standard Webhooks: `whsec_` and base64.
public final class SigningSecret {

    private static final String PREFIX = "whsec_";
    private static final int BYTES = 32;
    private static final int BYTES_MIN = 24;
    private static final int BYTES_MAX = 64;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] key;

    private SigningSecret(byte[] key) {
        this.key = key;
    }

    static SigningSecret ofKey(byte[] key) {
        return new SigningSecret(key.clone());
    }

    /// @param text as [#text] gave it
    public static SigningSecret ofText(String text) {
        return new SigningSecret(decoded(text));
    }

    static SigningSecret made() {
        byte[] key = new byte[BYTES];
        RANDOM.nextBytes(key);
        return new SigningSecret(key);
    }

    /// @param given null for a new one
    public static SigningSecret givenOrNew(@Nullable String given, FieldFaults faults) {
        if (given == null) {
            return made();
        }
        byte[] key = decoded(given.strip());
        if (key.length < BYTES_MIN || key.length > BYTES_MAX) {
            faults.add(
                    "secret",
                    "INVALID_SECRET",
                    "is whsec_ followed by %d to %d bytes in base64; leave it out for one of ours."
                            .formatted(BYTES_MIN, BYTES_MAX));
        }
        return new SigningSecret(key);
    }

    private static byte[] decoded(String text) {
        String encoded = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
        try {
            return Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    byte[] key() {
        return key.clone();
    }

    public String text() {
        return PREFIX + Base64.getEncoder().encodeToString(key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SigningSecret secret && Arrays.equals(key, secret.key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }

    @Override
    public String toString() {
        return "SigningSecret[***]";
    }
}
