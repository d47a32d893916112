package dev.convergence.engine.run;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.id.TimeOrderedId;
import dev.convergence.engine.sql.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Counts for people who look at the whole: what is due, waits, runs, has ended today.
public final class QueueReport {

    private final Database database;

    public QueueReport(Database database) {
        this.database = database;
    }

    /// @param waiting live jobs that have not started
    /// @param completedToday runs that ended since midnight UTC
    /// @param averageSeconds mean duration of the runs completed in the last seven days
    /// @param averageWaitSeconds how long the jobs that started in the last hour had waited
    public record Counts(
            long active,
            long due,
            long waiting,
            long running,
            long completedToday,
            long failedToday,
            double averageSeconds,
            double averageWaitSeconds) {}

    private static final Duration WEEK = Duration.ofDays(7);

    // By the ids of the last week, so that the partitions before it are not read. A job's id tells
    // when it was put in.
    private static final String COUNTS =
            """
            SELECT
              (SELECT count(*) FROM pipeline_config WHERE is_active AND (:tenant::text IS NULL OR tenant_id = :tenant)) AS active,
              (SELECT count(*) FROM schedule WHERE is_enabled AND NOT is_suspended AND next_fire <= :now
                 AND (:tenant::text IS NULL OR tenant_id = :tenant)) AS due,
              (SELECT count(*) FROM ready WHERE (:tenant::text IS NULL OR tenant_id = :tenant))
                + (SELECT count(*) FROM deferred WHERE (:tenant::text IS NULL OR tenant_id = :tenant))
                + (SELECT count(*) FROM parked WHERE (:tenant::text IS NULL OR tenant_id = :tenant)) AS waiting,
              (SELECT count(*) FROM lease WHERE (:tenant::text IS NULL OR tenant_id = :tenant)) AS running,
              ended.*,
              (SELECT COALESCE(avg(extract(epoch FROM started_at)
                                   - ('x' || translate(left(job_id::text, 13), '-', ''))::bit(48)::bigint / 1000.0), 0)
               FROM (SELECT run.job_id, started_at FROM %1$s AND started_at >= :hourAgo
                     UNION ALL
                     SELECT job_id, claimed_at FROM lease
                     WHERE claimed_at >= :hourAgo AND (:tenant::text IS NULL OR tenant_id = :tenant)) AS started
              ) AS average_wait_seconds
            FROM (
              SELECT count(*) FILTER (WHERE state = 'COMPLETED' AND finished_at >= :midnight) AS completed_today,
                     count(*) FILTER (WHERE state = 'FAILED' AND finished_at >= :midnight) AS failed_today,
                     COALESCE(avg(extract(epoch FROM finished_at - started_at)) FILTER (
                         WHERE state = 'COMPLETED'), 0) AS average_seconds
              FROM %1$s AND finished_at >= :weekAgo) AS ended
            """;

    private static final String OF_ALL = "run WHERE run.job_id >= :oldest";

    // By the index of the tenant's jobs; runs have none.
    private static final String OF_TENANT =
            """
            job JOIN run USING (job_id)
            WHERE job.tenant_id = :tenant AND job.job_id >= :oldest AND run.job_id >= :oldest\
            """;

    /// @param tenant null counts all tenants
    public Counts counts(@Nullable TenantId tenant, Instant now) {
        Instant midnight =
                LocalDate.ofInstant(now, ZoneOffset.UTC).atStartOfDay().toInstant(ZoneOffset.UTC);
        return database.read(handle ->
                bindTenant(handle, tenant)
                        .bind("now", now)
                        .bind("midnight", midnight)
                        .bind("weekAgo", now.minus(WEEK))
                        .bind("oldest", TimeOrderedId.floor(now.minus(WEEK)))
                        .bind("hourAgo", now.minusSeconds(3600))
                        .map((row, _) -> counts(row))
                        .one());
    }

    private static Query bindTenant(Handle handle, @Nullable TenantId tenant) {
        return handle.createQuery(COUNTS.formatted(tenant == null ? OF_ALL : OF_TENANT))
                .bind("tenant", tenant == null ? null : tenant.value());
    }

    private static Counts counts(ResultSet row) throws SQLException {
        return new Counts(
                row.getLong("active"),
                row.getLong("due"),
                row.getLong("waiting"),
                row.getLong("running"),
                row.getLong("completed_today"),
                row.getLong("failed_today"),
                row.getDouble("average_seconds"),
                row.getDouble("average_wait_seconds"));
    }

    private static final Map<String, String> VIEWS =
            Map.of(
                    "pipelines_due_now", "SELECT * FROM tenants.pipelines_due_now LIMIT :limit",
                    "currently_running_pipelines",
                            "SELECT * FROM tenants.currently_running_pipelines LIMIT :limit",
                    "pipeline_execution_stats_7d",
                            "SELECT * FROM tenants.pipeline_execution_stats_7d LIMIT :limit",
                    "pending_queue_items",
                            "SELECT * FROM tenants.pending_queue_items LIMIT :limit");

    public static boolean isView(String name) {
        return VIEWS.containsKey(name);
    }

    /// The rows of a monitoring view, as text and numbers.
    public List<Map<String, Object>> view(String name, int limit) {
        return database.read(handle ->
                handle.createQuery(VIEWS.get(name)).bind("limit", limit).mapToMap().list());
    }

    private static final String ACTIVE_TENANTS =
            "SELECT count(*) FROM tenant WHERE status IN ('ACTIVE', 'TRIAL')";

    public long activeTenants() {
        return database.read(handle -> handle.createQuery(ACTIVE_TENANTS).mapTo(long.class).one());
    }
}
