package dev.convergence.engine.webhook;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.sql.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What else than ends of runs is noted in `outbox` for webhooks.
final class HappeningStore {

    private HappeningStore() {}

    private static final String APPEND =
            """
            INSERT INTO outbox (topic, tenant_id, payload, due_at)
            SELECT :topic, tenant_id, payload::jsonb, :now
            FROM unnest(:tenants::text[], :payloads::text[]) WITH ORDINALITY AS h (tenant_id, payload, place)
            WHERE EXISTS (SELECT 1 FROM webhook_endpoint AS listener
                          WHERE listener.tenant_id = h.tenant_id AND listener.is_enabled)
            ORDER BY place
            """;

    static void append(Handle handle, Collection<Happening> happenings, Instant now) {
        handle.createUpdate(APPEND)
                .bind("topic", Happenings.TOPIC)
                .bind("tenants", texts(happenings, happening -> happening.tenant().value()))
                .bind("payloads", texts(happenings, HappeningStore::payload))
                .bind("now", now)
                .execute();
    }

    private static String payload(Happening happening) {
        Map<String, @Nullable Object> payload = new HashMap<>();
        payload.put("event", happening.event().name());
        payload.put("group", happening.group() == null ? null : happening.group().toString());
        payload.put("status", happening.status());
        payload.put("data", happening.data());
        return Json.write(payload);
    }

    private static String[] texts(
            Collection<Happening> happenings, Function<Happening, String> column) {
        return happenings.stream().map(column).toArray(String[]::new);
    }

    @SuppressWarnings("unchecked")
    static Happening happening(TenantId tenant, Map<String, Object> payload) {
        Object group = payload.get("group");
        return new Happening(
                tenant,
                EventName.valueOf(String.valueOf(payload.get("event"))),
                group == null ? null : UUID.fromString(group.toString()),
                (String) payload.get("status"),
                (Map<String, Object>) payload.getOrDefault("data", Map.of()));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        return NoteStore.instant(row, column);
    }
}
