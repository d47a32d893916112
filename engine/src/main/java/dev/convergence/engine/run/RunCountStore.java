package dev.convergence.engine.run;

import dev.convergence.engine.job.BacklogStore;
import dev.convergence.engine.job.EndedCountStore;
import dev.convergence.engine.job.LongCounts;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Counts what lists of pipeline runs page through, where there may be a million: from the index of
/// pipelines, from that of what did not complete, and from the small tables of what lives.
///
/// Completed runs have no index of their own: they are what is left.
final class RunCountStore {

    private static final List<String> OTHERS =
            List.of("FAILED", "SKIPPED", "CANCELLED", "RUNNING", "SCHEDULED", "PENDING");

    private final Handle handle;
    private final LongCounts longCounts;
    private final Instant now;
    private final RunFilter wanted;
    private final EndedCountStore endedCounts;

    RunCountStore(Handle handle, LongCounts longCounts, Instant now, RunFilter wanted) {
        this.handle = handle;
        this.longCounts = longCounts;
        this.now = now;
        this.wanted = wanted;
        endedCounts = new EndedCountStore(handle, longCounts, now, wanted.tenant());
    }

    long count() {
        return wanted.state() == null ? all(wanted) : in(wanted, wanted.state());
    }

    private long in(RunFilter filter, String state) {
        return switch (state) {
            case "COMPLETED" -> completed(filter);
            case "RUNNING" -> live(filter, RUNNING, "");
            case "SCHEDULED" -> waiting(filter, " AND j.slot_at IS NOT NULL");
            case "PENDING" -> waiting(filter, " AND j.slot_at IS NULL");
            default -> ended(filter, state);
        };
    }

    private long completed(RunFilter filter) {
        long others = OTHERS.stream().mapToLong(other -> in(filter, other)).sum();
        return Math.max(0, all(filter) - others);
    }

    private static final String ALL =
            """
            SELECT count(*) FROM job j
            WHERE j.pipeline_id IS NOT NULL AND j.job_id >= :from AND j.job_id < :to\
            """;

    private long all(RunFilter filter) {
        String sql = ALL + RunConditions.of(filter, "j.");
        return longCounts.count(
                filter.inAnyState(), now, (from, to) -> between(sql, filter, from, to));
    }

    static final String RUNNING = "SELECT job_id, tenant_id FROM lease";

    static final String WAITING =
            """
            SELECT job_id, tenant_id FROM ready UNION ALL SELECT job_id, tenant_id FROM deferred
            UNION ALL SELECT job_id, tenant_id FROM parked
            """;

    private static final String LIVE =
            """
            SELECT count(*) FROM (%s) AS live JOIN job j ON j.job_id = live.job_id
            WHERE j.pipeline_id IS NOT NULL%s
            """;

    private long waiting(RunFilter filter, String which) {
        return BacklogStore.counted(handle, filter.tenant(), part -> waiting(filter, which, part));
    }

    private long waiting(RunFilter filter, String which, BacklogStore.Part part) {
        String conditions = which + part.of("j") + part.of("live") + RunConditions.of(filter, "j.");
        String sql = LIVE.formatted(ofTenant(filter, WAITING), conditions);
        return part.bind(RunConditions.bind(handle.createQuery(sql), filter))
                .mapTo(long.class)
                .one();
    }

    private long live(RunFilter filter, String places, String more) {
        return number(
                LIVE.formatted(ofTenant(filter, places), more + RunConditions.of(filter, "j.")),
                filter);
    }

    private static String ofTenant(RunFilter filter, String places) {
        return filter.tenant() == null
                ? places
                : "SELECT job_id FROM (" + places + ") AS p WHERE tenant_id = :tenant";
    }

    private static final String ENDED =
            """
            SELECT count(*) FROM run r JOIN job j ON j.job_id = r.job_id
            WHERE %s%s AND j.pipeline_id IS NOT NULL
              AND r.job_id >= :from AND r.job_id < :to AND j.job_id >= :from AND j.job_id < :to%s
            """;

    /// @param state one of our own words
    private long ended(RunFilter filter, String state) {
        String condition = "r.state <> 'COMPLETED' AND r.state = '%s'".formatted(state);
        String ofTenant = filter.tenant() == null ? "" : " AND r.tenant_id = :tenant";
        String sql = ENDED.formatted(condition, ofTenant, RunConditions.of(filter, "j."));
        return endedCounts.count(
                filter.inAnyState(), condition, (from, to) -> between(sql, filter, from, to));
    }

    private long between(String sql, RunFilter filter, UUID from, UUID to) {
        return RunConditions.bind(handle.createQuery(sql), filter)
                .bind("from", from)
                .bind("to", to)
                .mapTo(long.class)
                .one();
    }

    private long number(String sql, RunFilter filter) {
        return RunConditions.bind(handle.createQuery(sql), filter).mapTo(long.class).one();
    }
}
