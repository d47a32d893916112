package dev.convergence.engine.subscription;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.id.TimeOrderedId;
import dev.convergence.engine.job.BacklogStore;
import dev.convergence.engine.job.EndSums;
import dev.convergence.engine.job.EndSumsStore;
import dev.convergence.engine.job.LongCounts;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/// The SQL that reads usage.
final class UsageStore {

    /// A run that ends today was asked for no earlier than this many days ago; the bound keeps the
    /// counts to a few partitions.
    private static final int RUN_AGE_DAYS_MAX = 7;

    /// @param running jobs that the tenant's lane holds now
    record Now(int running, int providers) {}

    private static final String NOW =
            """
            SELECT coalesce((SELECT running FROM lane WHERE tenant_id = :tenant), 0) AS running,
                   (SELECT count(DISTINCT provider) FROM credential
                    WHERE tenant_id = :tenant AND is_active) AS providers
            """;

    Now now(Handle handle, TenantId tenant) {
        return handle.createQuery(NOW)
                .bind("tenant", tenant.value())
                .map(row ->
                        new Now(
                                row.getColumn("running", Integer.class),
                                row.getColumn("providers", Integer.class)))
                .one();
    }

    private static final String DAYS =
            """
            SELECT usage_date, run_today, run_month, succeeded_today, failed_today, cancelled_today,
                   concurrent_max, last_started_at, last_completed_at, warned_at, exceeded_at
            FROM quota_usage
            WHERE tenant_id = :tenant AND usage_date >= :first
            ORDER BY usage_date DESC
            """;

    List<Usage.Day> days(Handle handle, TenantId tenant, LocalDate first) {
        return handle.createQuery(DAYS)
                .bind("tenant", tenant.value())
                .bind("first", first)
                .map(UsageStore::day)
                .list();
    }

    /// The newest row of the month: its total of the month still holds when today has no row yet.
    Optional<Usage.Day> newestOfMonth(Handle handle, TenantId tenant, LocalDate today) {
        return handle.createQuery(DAYS + " LIMIT 1")
                .bind("tenant", tenant.value())
                .bind("first", today.withDayOfMonth(1))
                .map(UsageStore::day)
                .findOne();
    }

    // Those that run something, or have run something today: found without reading all tenants.
    private static final String SHARES =
            """
            WITH active AS MATERIALIZED (
                SELECT tenant_id FROM lease
                UNION SELECT tenant_id FROM quota_usage WHERE usage_date = :today AND run_today > 0)
            SELECT active.tenant_id, l.running, l.concurrent_limit,
                   COALESCE(u.run_today, 0) AS run_today, COALESCE(u.run_month, 0) AS run_month,
                   COALESCE(o.daily_limit, s.daily_limit) AS daily_limit,
                   COALESCE(o.monthly_limit, s.monthly_limit) AS monthly_limit
            FROM active
            JOIN lane l ON l.tenant_id = active.tenant_id
            JOIN subscription s ON s.tenant_id = active.tenant_id
            LEFT JOIN limit_override o
                ON o.tenant_id = active.tenant_id AND o.ended_at IS NULL AND o.expires_at > :now
            LEFT JOIN quota_usage u ON u.tenant_id = active.tenant_id AND u.usage_date = :today
            ORDER BY l.running DESC, run_today DESC LIMIT :limit
            """;

    List<Share> shares(Handle handle, LocalDate today, Instant now, int limit) {
        return handle.createQuery(SHARES)
                .bind("today", today)
                .bind("now", now)
                .bind("limit", limit)
                .map((row, _) ->
                        new Share(
                                new TenantId(row.getString("tenant_id")),
                                row.getInt("running"),
                                Share.of(row.getInt("run_today"), row.getInt("daily_limit")),
                                Share.of(row.getInt("run_month"), row.getInt("monthly_limit")),
                                Share.of(row.getInt("running"), row.getInt("concurrent_limit"))))
                .list();
    }

    private static final String PIPELINE_COUNTS =
            """
            SELECT
                (SELECT count(*) FROM pipeline_config
                 WHERE tenant_id = :tenant AND is_active AND deleted_at IS NULL) AS configured,
                (SELECT count(*) FROM job
                 WHERE tenant_id = :tenant AND job_id >= :first AND config_id IS NOT NULL
                   AND retry_of IS NULL AND (slot_at IS NULL OR slot_at >= :midnight))
                    AS scheduled_today,
                (SELECT count(*) FROM lease JOIN job USING (job_id)
                 WHERE lease.tenant_id = :tenant AND job.job_type = 'pipeline') AS running
            """;

    PipelineCounts pipelineCounts(
            Handle handle, LongCounts longCounts, TenantId tenant, LocalDate today, Instant now) {
        Instant midnight = today.atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant oldest = today.minusDays(RUN_AGE_DAYS_MAX).atStartOfDay(ZoneOffset.UTC).toInstant();
        EndSums ends =
                new EndSumsStore(handle, longCounts, now, tenant, true).since(oldest, midnight);
        long waiting = BacklogStore.counted(handle, tenant, part -> waiting(handle, tenant, part));
        return handle.createQuery(PIPELINE_COUNTS)
                .bind("tenant", tenant.value())
                .bind("midnight", midnight)
                .bind("first", TimeOrderedId.floor(midnight))
                .map((RowView row) ->
                        new PipelineCounts(
                                row.getColumn("configured", Long.class),
                                row.getColumn("scheduled_today", Long.class),
                                row.getColumn("running", Long.class),
                                waiting,
                                ends.completedToday(),
                                ends.failedToday()))
                .one();
    }

    private static final String WAITING =
            """
            SELECT count(*) FROM (SELECT job_id, tenant_id FROM ready UNION ALL SELECT job_id, tenant_id FROM deferred
                                  UNION ALL SELECT job_id, tenant_id FROM parked) AS live
            JOIN job ON job.job_id = live.job_id
            WHERE live.tenant_id = :tenant AND job.tenant_id = :tenant AND job.pipeline_id IS NOT NULL%s%s
            """;

    private static long waiting(Handle handle, TenantId tenant, BacklogStore.Part part) {
        String sql = WAITING.formatted(part.of("live"), part.of("job"));
        return part.bind(handle.createQuery(sql).bind("tenant", tenant.value()))
                .mapTo(long.class)
                .one();
    }

    private static Usage.Day day(RowView row) {
        return new Usage.Day(
                row.getColumn("usage_date", LocalDate.class),
                row.getColumn("run_today", Integer.class),
                row.getColumn("succeeded_today", Integer.class),
                row.getColumn("failed_today", Integer.class),
                row.getColumn("cancelled_today", Integer.class),
                row.getColumn("run_month", Integer.class),
                row.getColumn("concurrent_max", Integer.class),
                row.getColumn("last_started_at", Instant.class),
                row.getColumn("last_completed_at", Instant.class),
                row.getColumn("warned_at", Instant.class),
                row.getColumn("exceeded_at", Instant.class));
    }
}
