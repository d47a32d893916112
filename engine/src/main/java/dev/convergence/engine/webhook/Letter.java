package dev.convergence.engine.webhook;

import dev.convergence.engine.id.JobId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The headers of one attempt. The body is the same each time; its time, signature and number are
/// of the attempt.
final class Letter {

    private Letter() {}

    static Map<String, String> headers(
            Sending sending, List<SigningSecret> secrets, String userAgent, Instant now) {
        String id = sending.delivery().toString();
        JobId job = sending.job();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("User-Agent", userAgent);
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
        headers.put("webhook-signature", Signature.of(id, now, sending.payload(), secrets));
        headers.put("Idempotency-Key", job == null ? id : job.run().toString());
        headers.put("X-Delivery-ID", id);
        headers.put("X-Delivery-Attempt", Integer.toString(sending.attempts() + 1));
        headers.put("X-Job-Event", sending.event());
        if (job != null) {
            headers.put("X-Job-ID", job.toString());
            headers.put("X-Run-ID", job.run().toString());
        }
        return headers;
    }
}
