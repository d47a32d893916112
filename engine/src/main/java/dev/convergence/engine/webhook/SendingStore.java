package dev.convergence.engine.webhook;

import dev.convergence.engine.credential.Vault.Sealed;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The tables `webhook_delivery` and `webhook_attempt`, for who sends.
final class SendingStore {

    private SendingStore() {}

    // Steps from endpoint to endpoint in the index: how much waits for one does not matter to the
    // others.
    private static final String DUE =
            """
            WITH RECURSIVE first AS (
                (SELECT endpoint_id, tenant_id, next_attempt_at FROM webhook_delivery
                 WHERE state = 'PENDING' ORDER BY endpoint_id, next_attempt_at LIMIT 1)
                UNION ALL
                SELECT next.endpoint_id, next.tenant_id, next.next_attempt_at
                FROM first CROSS JOIN LATERAL (
                    SELECT endpoint_id, tenant_id, next_attempt_at FROM webhook_delivery
                    WHERE state = 'PENDING' AND endpoint_id > first.endpoint_id
                    ORDER BY endpoint_id, next_attempt_at LIMIT 1) AS next)
            SELECT endpoint_id, tenant_id FROM first WHERE next_attempt_at <= :now
            """;

    static List<Mailbag.Due> due(Handle handle, Instant now) {
        return handle.createQuery(DUE)
                .bind("now", now)
                .map((row, _) ->
                        new Mailbag.Due(
                                new TenantId(row.getString("tenant_id")),
                                row.getObject("endpoint_id", UUID.class)))
                .list();
    }

    // Whoever takes one moves its time on: when he dies, it is due again then.
    private static final String TAKE =
            """
            WITH taken AS MATERIALIZED (
                SELECT waiting.delivery_id
                FROM unnest(:endpoints::uuid[], :shares::int[]) AS asked (endpoint_id, share)
                JOIN webhook_endpoint AS e ON e.endpoint_id = asked.endpoint_id AND e.is_enabled
                CROSS JOIN LATERAL (
                    SELECT delivery_id FROM webhook_delivery AS d
                    WHERE d.endpoint_id = asked.endpoint_id AND state = 'PENDING' AND next_attempt_at <= :now
                    ORDER BY next_attempt_at LIMIT asked.share FOR UPDATE SKIP LOCKED) AS waiting)
            UPDATE webhook_delivery AS d SET next_attempt_at = :until, claim = gen_random_uuid()
            FROM taken, webhook_endpoint AS e
            WHERE d.delivery_id = taken.delivery_id AND e.endpoint_id = d.endpoint_id
            RETURNING d.delivery_id, d.tenant_id, d.endpoint_id, e.url, d.event, d.job_id, d.payload,
                      d.attempt_count, d.max_attempts, d.claim, d.created_at, e.secret, e.key_id,
                      CASE WHEN e.old_secret_until > :now THEN e.old_secret END AS old_secret, e.old_key_id
            """;

    static List<Sending> take(
            Handle handle, Map<UUID, Integer> shares, Instant until, Instant now) {
        return handle.createQuery(TAKE)
                .bind("endpoints", shares.keySet().toArray(UUID[]::new))
                .bind("shares", shares.values().toArray(Integer[]::new))
                .bind("until", until)
                .bind("now", now)
                .map((row, _) -> sending(row))
                .list();
    }

    private static Sending sending(ResultSet row) throws SQLException {
        UUID job = row.getObject("job_id", UUID.class);
        byte[] old = row.getBytes("old_secret");
        return new Sending(
                row.getObject("delivery_id", UUID.class),
                new TenantId(row.getString("tenant_id")),
                row.getObject("endpoint_id", UUID.class),
                row.getString("url"),
                row.getString("event"),
                job == null ? null : JobId.of(job),
                row.getBytes("payload"),
                row.getInt("attempt_count"),
                row.getInt("max_attempts"),
                row.getObject("claim", UUID.class),
                Objects.requireNonNull(HappeningStore.instant(row, "created_at")),
                new Sealed(row.getBytes("secret"), row.getString("key_id")),
                old == null ? null : new Sealed(old, row.getString("old_key_id")));
    }

    // The claim decides: who has lost it writes nothing.
    private static final String END =
            """
            WITH ended AS (
                UPDATE webhook_delivery
                SET state = :state, attempt_count = attempt_count + 1, next_attempt_at = :next, claim = NULL,
                    last_http_status = :status, last_error = :error,
                    delivered_at = CASE WHEN :state = 'DELIVERED' THEN :now ELSE delivered_at END
                WHERE delivery_id = :delivery AND claim = :claim
                RETURNING delivery_id, attempt_count, tenant_id)
            INSERT INTO webhook_attempt (delivery_id, attempt_number, tenant_id, started_at, duration_ms,
                                         http_status, error, response)
            SELECT delivery_id, attempt_count, tenant_id, :started, :millis, :status, :error, :response
            FROM ended
            """;

    /// @param next when it is tried again; null when it is over
    /// @return whether the claim was still good
    static boolean end(
            Handle handle,
            Sending sending,
            Delivery.State state,
            DeliveryAttempt attempt,
            @Nullable Instant next,
            Instant now) {
        return handle.createUpdate(END)
                        .bind("delivery", sending.delivery())
                        .bind("claim", sending.claim())
                        .bind("state", state.name())
                        .bindByType("next", next, Instant.class)
                        .bindByType("status", attempt.httpStatus(), Integer.class)
                        .bindByType("error", attempt.error(), String.class)
                        .bindByType("response", attempt.response(), String.class)
                        .bind("started", attempt.startedAt())
                        .bind("millis", attempt.duration().toMillis())
                        .bind("now", now)
                        .execute()
                == 1;
    }
}
