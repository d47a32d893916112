package dev.convergence.engine.job;

import dev.convergence.engine.id.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Counts what lists of jobs page through, where there may be millions: from indexes and from the
/// small tables of what lives, as far as the filter leaves it to them.
///
/// Completed runs have no index of their own: they are what is left of the tenant's jobs. Several
/// counts are several looks; among work that goes on, they may be a few apart.
final class JobCountStore {

    private static final List<String> OTHER_STATES =
            List.of("QUEUED", "RUNNING", "FAILED", "SKIPPED", "CANCELLED");

    private final Handle handle;
    private final LongCounts longCounts;
    private final Instant now;
    private final EndedCountStore endedCounts;

    JobCountStore(Handle handle, LongCounts longCounts, Instant now, TenantId tenant) {
        this.handle = handle;
        this.longCounts = longCounts;
        this.now = now;
        endedCounts = new EndedCountStore(handle, longCounts, now, tenant);
    }

    long count(JobFilter filter) {
        String state = filter.state();
        String status = filter.status();
        if (state == null && status == null) {
            return all(filter);
        }
        if (status == null && "COMPLETED".equals(state)) {
            return rest(filter, OTHER_STATES.stream().map(filter::inState).toList());
        }
        // What waits is what has a ticket, in either word.
        if (filter.isOfTenantAlone() && state == null && "QUEUED".equals(status)) {
            return number(WAITING, filter);
        }
        if (filter.isOfTenantAlone() && state == null && "CANCELLED".equals(status)) {
            return number(NEVER_STARTED, filter);
        }
        if (state == null && "RUNNING".equals(status)) {
            return rest(filter, List.of(filter.inStatus("QUEUED"), filter.inStatus("CANCELLED")));
        }
        if (state != null && status != null) {
            return JobViewStore.count(handle, filter);
        }
        return filter.isOfTenantAlone() && status == null
                ? simple(filter, String.valueOf(state))
                : joined(filter, state == null ? status : state);
    }

    private long rest(JobFilter filter, List<JobFilter> others) {
        long all = count(filter.inAnyState());
        long taken = others.stream().mapToLong(other -> count(other)).sum();
        return Math.max(0, all - taken);
    }

    private static final String ALL =
            """
            SELECT (SELECT count(*) FROM job j
                    WHERE j.tenant_id = :tenant AND j.job_id >= :from AND j.job_id < :to%1$s)
                 - (SELECT count(*) FROM job j
                    WHERE j.tenant_id = :tenant AND j.kind = 'DIRECT'
                      AND j.job_id >= :from AND j.job_id < :to%1$s)
            """;

    /// All and the direct ones have an index each; what is in neither would be looked at row by
    /// row.
    private long all(JobFilter filter) {
        EndsWanted wanted = JobViewStore.wanted(filter, EndsWanted.Ends.STARTED, false).direct();
        String sql = ALL.formatted(EndedJobStore.counted(wanted));
        return longCounts.count(filter, now, (from, to) -> all(sql, wanted, from, to));
    }

    private long all(String sql, EndsWanted wanted, UUID from, UUID to) {
        return EndedJobStore.bind(handle.createQuery(sql), wanted)
                .bind("from", from)
                .bind("to", to)
                .mapTo(long.class)
                .one();
    }

    private static final String WAITING =
            """
            SELECT (SELECT count(*) FROM ready WHERE tenant_id = :tenant)
                 + (SELECT count(*) FROM deferred WHERE tenant_id = :tenant)
                 + (SELECT count(*) FROM parked WHERE tenant_id = :tenant)
            """;

    private static final String CLAIMED =
            """
            SELECT count(*) FROM lease JOIN job USING (job_id)
            WHERE lease.tenant_id = :tenant AND kind IS DISTINCT FROM 'DIRECT'
            """;

    private static final String DIRECT_ENDS =
            """
            SELECT count(*) FROM job JOIN run USING (job_id)
            WHERE job.tenant_id = :tenant AND kind = 'DIRECT' AND %s
            """;

    private static final String FAILED =
            """
            SELECT (SELECT count(*) FROM run
                    WHERE tenant_id = :tenant AND state <> 'COMPLETED' AND state = 'FAILED')
                 + (SELECT count(*) FROM run
                    WHERE tenant_id = :tenant AND state <> 'COMPLETED' AND state = 'CANCELLED'
                      AND started_at IS NOT NULL)
                 - (%s)
            """
                    .formatted(
                            DIRECT_ENDS.formatted(
                                    "(state = 'FAILED' OR state = 'CANCELLED' AND started_at IS NOT NULL)"));

    private static final String SKIPPED =
            """
            SELECT (SELECT count(*) FROM run
                    WHERE tenant_id = :tenant AND state <> 'COMPLETED' AND state = 'SKIPPED')
                 - (%s)
            """
                    .formatted(DIRECT_ENDS.formatted("state = 'SKIPPED'"));

    // What never started never was direct.
    private static final String CANCELLED =
            """
            SELECT count(*) FROM run
            WHERE tenant_id = :tenant AND state <> 'COMPLETED' AND state = 'CANCELLED'
              AND started_at IS NULL
            """;

    private static final String NEVER_STARTED =
            """
            SELECT count(*) FROM run
            WHERE tenant_id = :tenant AND state <> 'COMPLETED' AND state IN ('CANCELLED', 'SKIPPED')
              AND started_at IS NULL
            """;

    private long simple(JobFilter filter, String state) {
        String sql =
                switch (state) {
                    case "QUEUED" -> WAITING;
                    case "RUNNING" -> CLAIMED;
                    case "FAILED" -> FAILED;
                    case "SKIPPED" -> SKIPPED;
                    default -> CANCELLED;
                };
        return number(sql, filter);
    }

    private static final String LIVE =
            """
            SELECT count(*) FROM (%s) AS live JOIN job j ON j.job_id = live.job_id
            WHERE j.tenant_id = :tenant%s
            """;

    /// With conditions on the jobs themselves.
    private long joined(JobFilter filter, @Nullable String word) {
        EndsWanted wanted = JobViewStore.wanted(filter, EndsWanted.Ends.STARTED, false);
        return switch (word) {
            case "QUEUED" ->
                    BacklogStore.counted(handle, filter.tenant(), part -> waiting(wanted, part));
            case "RUNNING" -> joined(LIVE.formatted(LiveJobStore.LEASES, "%s"), wanted);
            case null, default ->
                    EndsWanted.Ends.of(filter).conditions().stream()
                            .mapToLong(end -> ended(filter, end, wanted))
                            .sum();
        };
    }

    // What waits is never direct; that it is not need not be looked up.
    private long waiting(EndsWanted wanted, BacklogStore.Part part) {
        String conditions = EndedJobStore.counted(wanted.direct()) + part.of("j") + part.of("live");
        String sql = LIVE.formatted(LiveJobStore.TICKETS, conditions);
        return part.bind(EndedJobStore.bind(handle.createQuery(sql), wanted))
                .mapTo(long.class)
                .one();
    }

    private static final String ENDED =
            """
            SELECT count(*) FROM run r JOIN job j ON j.job_id = r.job_id
            WHERE r.tenant_id = :tenant AND j.tenant_id = :tenant AND %1$s%2$s
              AND r.job_id >= :from AND r.job_id < :to AND j.job_id >= :from AND j.job_id < :to%3$s
            """;
    private static final String DIRECT = " AND j.kind = 'DIRECT'";

    /// Whatever they are and the direct ones have an index each, as for all.
    private long ended(JobFilter filter, String end, EndsWanted wanted) {
        EndsWanted any = wanted.direct();
        String conditions = EndedJobStore.counted(any);
        String sql =
                "SELECT (%s) - (%s)"
                        .formatted(
                                ENDED.formatted(end, conditions, ""),
                                ENDED.formatted(end, conditions, DIRECT));
        return endedCounts.count(filter.inAnyState(), end, (from, to) -> all(sql, any, from, to));
    }

    private long joined(String sql, EndsWanted wanted) {
        String conditions = EndedJobStore.counted(wanted);
        return EndedJobStore.bind(handle.createQuery(sql.formatted(conditions)), wanted)
                .mapTo(long.class)
                .one();
    }

    private long number(String sql, JobFilter filter) {
        return handle.createQuery(sql)
                .bind("tenant", filter.tenant().value())
                .mapTo(long.class)
                .one();
    }

    private static final String MADE =
            """
            SELECT count(*) FROM job WHERE tenant_id = :tenant AND job_id >= :from AND job_id < :to
            """;

    /// How many jobs of a tenant have ids at or behind one and before another.
    static long made(Handle handle, TenantId tenant, UUID from, UUID to) {
        return handle.createQuery(MADE)
                .bind("tenant", tenant.value())
                .bind("from", from)
                .bind("to", to)
                .mapTo(long.class)
                .one();
    }
}
