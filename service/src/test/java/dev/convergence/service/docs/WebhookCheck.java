package dev.convergence.service.docs;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Whether a webhook is from us: over the bytes as they came, before they are read as JSON.
public final class WebhookCheck {

    private WebhookCheck() {}

    /// @param id the header `webhook-id`
    /// @param time the header `webhook-timestamp`; refuse what is older than five minutes
    /// @param signatures the header `webhook-signature`: several while a secret is rotated
    public static boolean isOurs(
            String secret, String id, String time, String signatures, byte[] body)
            throws GeneralSecurityException {
        byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        mac.update((id + "." + time + ".").getBytes(StandardCharsets.UTF_8));
        byte[] wanted = mac.doFinal(body);
        for (String signature : signatures.split(" ")) {
            if (signature.startsWith("v1,")
                    && MessageDigest.isEqual(
                            wanted, Base64.getDecoder().decode(signature.substring(3)))) {
                return true;
            }
        }
        return false;
    }
}
