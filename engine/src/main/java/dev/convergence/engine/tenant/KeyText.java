package dev.convergence.engine.tenant;

import dev.convergence.engine.id.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/// The clear text of API keys: `{tenant_id}_api_` and 43 random characters that fit into a URL.
///
/// A plain SHA-256 is enough to store: 256 random bits can't be guessed, so nothing has to be slow.
final class KeyText {

    private static final int RANDOM_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private KeyText() {}

    static String next(TenantId tenant) {
        byte[] random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        return tenant + "_api_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    static String hash(String clearText) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] hash = digest.digest(clearText.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
