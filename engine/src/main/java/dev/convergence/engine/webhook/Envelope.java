package dev.convergence.engine.webhook;

import dev.convergence.engine.id.TimeOrderedId;
import dev.convergence.engine.sql.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The body of a webhook: what happened and to whom, and under `data` the thing itself.
final class Envelope {

    private Envelope() {}

    static NewDelivery of(
            Endpoint endpoint,
            EventName event,
            RunFact run,
            Map<String, @Nullable Object> document,
            Instant now) {
        UUID id = TimeOrderedId.next(now);
        Map<String, @Nullable Object> body = head(endpoint, event, id);
        body.put("run_id", run.job().run().toString());
        body.put("job_id", run.job().toString());
        body.put("status", run.status());
        body.put("will_retry", run.willRetry());
        body.put("occurred_at", run.finishedAt().toString());
        body.put("data", document);
        return new NewDelivery(id, endpoint, event, run.job(), null, bytes(body));
    }

    static NewDelivery of(Endpoint endpoint, Happening happening, Instant at, Instant now) {
        UUID id = TimeOrderedId.next(now);
        Map<String, @Nullable Object> body = head(endpoint, happening.event(), id);
        UUID group = happening.group();
        if (group != null) {
            body.put("group_id", group.toString());
        }
        if (happening.status() != null) {
            body.put("status", happening.status());
        }
        body.put("occurred_at", at.toString());
        body.put("data", happening.data());
        return new NewDelivery(id, endpoint, happening.event(), null, group, bytes(body));
    }

    private static Map<String, @Nullable Object> head(
            Endpoint endpoint, EventName event, UUID delivery) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("event", event.word());
        body.put("delivery_id", delivery.toString());
        body.put("tenant_id", endpoint.tenant().value());
        return body;
    }

    private static byte[] bytes(Map<String, @Nullable Object> body) {
        return Json.write(body).getBytes(StandardCharsets.UTF_8);
    }
}
