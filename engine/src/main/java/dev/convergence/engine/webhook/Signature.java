package dev.convergence.engine.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs what is sent, as Standard Webhooks says: HMAC-SHA256 over id, time and body, one signature
/// for each secret that is good at the time.
public final class Signature {

    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    public static String of(String id, Instant time, byte[] body, List<SigningSecret> secrets) {
        byte[] head = (id + "." + time.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8);
        return secrets.stream()
                .map(secret -> "v1," + signed(secret, head, body))
                .collect(Collectors.joining(" "));
    }

    private static String signed(SigningSecret secret, byte[] head, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.key(), ALGORITHM));
            mac.update(head);
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HMAC-SHA256", e);
        }
    }
}
