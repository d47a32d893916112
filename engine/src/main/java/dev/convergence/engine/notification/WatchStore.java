package dev.convergence.engine.notification;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.pipeline.PipelineConfig;
import dev.convergence.engine.webhook.NoteStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// What is noticed by looking: late slots, keys that expire. Only tenants with a rule are looked
/// at.
final class WatchStore {

    private WatchStore() {}

    /// A slot that fired later than a rule bears.
    record LateSlot(
            TenantId tenant,
            UUID config,
            String pipelineName,
            String pipelineId,
            Instant dueAt,
            Instant firedAt,
            int lateSeconds) {}

    // Step by step: the tenants that ask, their slots of the last hours in the index, the late
    // ones.
    private static final String LATE =
            """
            WITH asking AS MATERIALIZED (
                SELECT tenant_id, min(late_seconds) AS late_seconds FROM notification_rule
                WHERE is_enabled AND 'slot_late' = ANY (events) GROUP BY tenant_id)
            SELECT s.tenant_id, s.config_id, c.pipeline_name, c.provider, c.domain, c.template_name, s.due_at, s.decided_at,
                   extract(epoch FROM s.decided_at - coalesce(s.effective_at, s.due_at))::integer AS late
            FROM asking CROSS JOIN LATERAL (
                SELECT * FROM slot
                WHERE slot.tenant_id = asking.tenant_id AND slot.due_at > :from AND slot.due_at <= :now
                  AND slot.outcome = 'FIRED'
                  AND slot.decided_at - coalesce(slot.effective_at, slot.due_at)
                      > make_interval(secs => asking.late_seconds)
                ORDER BY slot.due_at DESC LIMIT 100) AS s
            JOIN pipeline_config AS c ON c.config_id = s.config_id
            """;

    static List<LateSlot> late(Handle handle, Instant from, Instant now) {
        return handle.createQuery(LATE)
                .bind("from", from)
                .bind("now", now)
                .map((row, _) ->
                        new LateSlot(
                                new TenantId(row.getString("tenant_id")),
                                row.getObject("config_id", UUID.class),
                                row.getString("pipeline_name"),
                                pipelineId(row),
                                Objects.requireNonNull(NoteStore.instant(row, "due_at")),
                                Objects.requireNonNull(NoteStore.instant(row, "decided_at")),
                                row.getInt("late")))
                .list();
    }

    private static String pipelineId(ResultSet row) throws SQLException {
        return PipelineConfig.pipelineId(
                new TenantId(row.getString("tenant_id")),
                row.getString("provider"),
                row.getString("domain"),
                row.getString("template_name"));
    }

    /// A key that expires within the days of some rule.
    record ExpiringKey(TenantId tenant, UUID key, String name, Instant expiresAt) {}

    private static final String EXPIRING =
            """
            SELECT k.tenant_id, k.api_key_id, k.key_name, k.expires_at
            FROM (SELECT tenant_id, max(days_before) AS days_before FROM notification_rule
                  WHERE is_enabled AND 'key_expiring' = ANY (events) GROUP BY tenant_id) AS asking
            JOIN api_key AS k ON k.tenant_id = asking.tenant_id
            WHERE k.is_active AND k.expires_at > :now
              AND k.expires_at <= CAST(:now AS timestamptz) + make_interval(days => asking.days_before)
            ORDER BY k.expires_at LIMIT 1000
            """;

    static List<ExpiringKey> expiring(Handle handle, Instant now) {
        return handle.createQuery(EXPIRING)
                .bind("now", now)
                .map((row, _) ->
                        new ExpiringKey(
                                new TenantId(row.getString("tenant_id")),
                                row.getObject("api_key_id", UUID.class),
                                row.getString("key_name"),
                                Objects.requireNonNull(NoteStore.instant(row, "expires_at"))))
                .list();
    }

    private static final String TELL =
            """
            INSERT INTO notification_told (tenant_id, what, told_at)
            SELECT * FROM (SELECT unnest(:tenants::text[]), unnest(:whats::text[]), :now::timestamptz)
                AS f (tenant_id, what, told_at)
            ORDER BY tenant_id, what
            ON CONFLICT DO NOTHING RETURNING what
            """;

    /// Those of the facts that nobody has noted before; from now on they are.
    static Set<String> notTold(Handle handle, Collection<Notices.News> news, Instant now) {
        return Set.copyOf(
                handle.createQuery(TELL)
                        .bind(
                                "tenants",
                                news.stream().map(n -> n.tenant().value()).toArray(String[]::new))
                        .bind("whats", news.stream().map(Notices.News::fact).toArray(String[]::new))
                        .bind("now", now)
                        .mapTo(String.class)
                        .list());
    }

    private static final List<String> FORGET =
            List.of(
                    "DELETE FROM notification_told WHERE told_at < :before",
                    "DELETE FROM notification_cooldown WHERE until < :before");

    /// Lets go what nobody will ask about any more.
    static void forget(Handle handle, Instant before) {
        FORGET.forEach(sql -> handle.createUpdate(sql).bind("before", before).execute());
    }
}
