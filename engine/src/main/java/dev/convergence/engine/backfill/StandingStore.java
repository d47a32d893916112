package dev.convergence.engine.backfill;

import dev.convergence.engine.id.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What decides whether a backfill may begin runs now: the tenant, its lane, its schedules.
final class StandingStore {

    private StandingStore() {}

    /// @param refusal why the tenant may not run anything now; null when it may
    /// @param concurrentLimit how many of its jobs may run at once
    record Standing(@Nullable String refusal, int concurrentLimit) {}

    private static final String STANDING =
            """
            SELECT l.concurrent_limit,
                   CASE WHEN t.status NOT IN ('ACTIVE', 'TRIAL') THEN 'The tenant is ' || t.status || '.'
                        WHEN s.status NOT IN ('ACTIVE', 'TRIAL') THEN 'The subscription is ' || s.status || '.'
                        WHEN s.trial_end_date < :today THEN 'The trial has ended.'
                        WHEN s.subscription_end_date < :today THEN 'The subscription has ended.'
                   END AS refusal
            FROM tenant t
            JOIN subscription s ON s.tenant_id = t.tenant_id
            JOIN lane l ON l.tenant_id = t.tenant_id
            WHERE t.tenant_id = :tenant
            """;

    static Standing of(Handle handle, TenantId tenant, Instant now) {
        return handle.createQuery(STANDING)
                .bind("tenant", tenant.value())
                .bind("today", LocalDate.ofInstant(now, ZoneOffset.UTC))
                .map((row, _) ->
                        new Standing(row.getString("refusal"), row.getInt("concurrent_limit")))
                .one();
    }

    /// A schedule of the tenant that will fire.
    record Rhythm(String cron, ZoneId zone, Instant next) {}

    private static final String RHYTHMS =
            """
            SELECT schedule_cron, timezone, next_fire
            FROM pipeline_config c JOIN schedule USING (config_id)
            WHERE c.tenant_id = :tenant AND deleted_at IS NULL
              AND is_enabled AND NOT is_suspended AND next_fire < :before
            ORDER BY next_fire LIMIT :limit
            """;

    /// The schedules that fire before an instant, the next first.
    static List<Rhythm> rhythms(Handle handle, TenantId tenant, Instant before, int limit) {
        return handle.createQuery(RHYTHMS)
                .bind("tenant", tenant.value())
                .bind("before", before)
                .bind("limit", limit)
                .map((row, _) ->
                        new Rhythm(
                                row.getString("schedule_cron"),
                                ZoneId.of(row.getString("timezone")),
                                row.getObject("next_fire", OffsetDateTime.class).toInstant()))
                .list();
    }
}
