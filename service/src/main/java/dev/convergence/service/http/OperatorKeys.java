package dev.convergence.service.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/// The operator's keys, of which several may be valid at once while they are rotated.
///
/// Digests are compared, always all of them and in constant time, so that the time an answer takes
/// tells nothing about a key.
public final class OperatorKeys {

    private final List<byte[]> digests;

    public OperatorKeys(List<String> keys) {
        digests =
                keys.stream()
                        .map(String::strip)
                        .filter(key -> !key.isEmpty())
                        .map(OperatorKeys::digest)
                        .toList();
    }

    public boolean isConfigured() {
        return !digests.isEmpty();
    }

    public boolean accepts(String presented) {
        byte[] digest = digest(presented);
        boolean found = false;
        for (byte[] known : digests) {
            found |= MessageDigest.isEqual(known, digest);
        }
        return found;
    }

    private static byte[] digest(String key) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
