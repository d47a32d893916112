package dev.convergence.engine.run;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.EndSums;
import dev.convergence.engine.job.EndSumsStore;
import dev.convergence.engine.job.LongCounts;
import dev.convergence.engine.sql.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Counts for people who look at the whole: what is due, waits, runs, has ended today.
public final class QueueReport {

    private final Database database;
    private final LongCounts longCounts;

    public QueueReport(Database database, LongCounts longCounts) {
        this.database = database;
        this.longCounts = longCounts;
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
    private static final Duration HOUR = Duration.ofHours(1);

    private record Live(long active, long due, long waiting, long running) {}

    private static final String LIVE =
            """
            SELECT
              (SELECT count(*) FROM pipeline_config WHERE is_active AND (:tenant::text IS NULL OR tenant_id = :tenant)) AS active,
              (SELECT count(*) FROM schedule WHERE is_enabled AND NOT is_suspended AND next_fire <= :now
                 AND (:tenant::text IS NULL OR tenant_id = :tenant)) AS due,
              (SELECT count(*) FROM ready WHERE (:tenant::text IS NULL OR tenant_id = :tenant))
                + (SELECT count(*) FROM deferred WHERE (:tenant::text IS NULL OR tenant_id = :tenant))
                + (SELECT count(*) FROM parked WHERE (:tenant::text IS NULL OR tenant_id = :tenant)) AS waiting,
              (SELECT count(*) FROM lease WHERE (:tenant::text IS NULL OR tenant_id = :tenant)) AS running
            """;

    /// @param tenant null counts all tenants
    public Counts counts(@Nullable TenantId tenant, Instant now) {
        Instant midnight =
                LocalDate.ofInstant(now, ZoneOffset.UTC).atStartOfDay().toInstant(ZoneOffset.UTC);
        Instant weekAgo = now.minus(WEEK);
        return database.count(handle -> {
            Live live = live(handle, tenant, now);
            EndSumsStore store = new EndSumsStore(handle, longCounts, now, tenant, false);
            EndSums ends = store.since(weekAgo, midnight);
            return new Counts(
                    live.active(),
                    live.due(),
                    live.waiting(),
                    live.running(),
                    ends.completedToday(),
                    ends.failedToday(),
                    ends.averageSeconds(),
                    store.averageWait(weekAgo, now.minus(HOUR)));
        });
    }

    private static Live live(Handle handle, @Nullable TenantId tenant, Instant now) {
        return handle.createQuery(LIVE)
                .bind("tenant", tenant == null ? null : tenant.value())
                .bind("now", now)
                .map((row, _) ->
                        new Live(
                                row.getLong("active"),
                                row.getLong("due"),
                                row.getLong("waiting"),
                                row.getLong("running")))
                .one();
    }

    private static final String STATISTICS = "pipeline_execution_stats_7d";

    private static final Map<String, String> VIEWS =
            Map.of(
                    "pipelines_due_now", "SELECT * FROM tenants.pipelines_due_now LIMIT :limit",
                    "currently_running_pipelines",
                            "SELECT * FROM tenants.currently_running_pipelines LIMIT :limit",
                    "pending_queue_items",
                            "SELECT * FROM tenants.pending_queue_items LIMIT :limit");

    public static boolean isView(String name) {
        return VIEWS.containsKey(name) || name.equals(STATISTICS);
    }

    /// The rows of a monitoring view, as text and numbers.
    public List<Map<String, Object>> view(String name, int limit, Instant now) {
        return name.equals(STATISTICS)
                ? database.inTransaction(handle -> WeekStatsStore.rows(handle, limit, now))
                : database.read(handle ->
                        handle.createQuery(VIEWS.get(name)).bind("limit", limit).mapToMap().list());
    }

    private static final String ACTIVE_TENANTS =
            "SELECT count(*) FROM tenant WHERE status IN ('ACTIVE', 'TRIAL')";

    public long activeTenants() {
        return database.read(handle -> handle.createQuery(ACTIVE_TENANTS).mapTo(long.class).one());
    }
}
