package dev.convergence.engine.job;

import java.util.List;
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

    private JobCountStore() {}

    static long count(Handle handle, JobFilter filter) {
        String state = filter.state();
        String status = filter.status();
        if (state == null && status == null) {
            return all(handle, filter);
        }
        if (status == null && "COMPLETED".equals(state)) {
            return rest(handle, filter, OTHER_STATES.stream().map(filter::inState).toList());
        }
        // What waits is what has a ticket, in either word.
        if (filter.isOfTenantAlone() && state == null && "QUEUED".equals(status)) {
            return number(handle, WAITING, filter);
        }
        if (filter.isOfTenantAlone() && state == null && "CANCELLED".equals(status)) {
            return number(handle, NEVER_STARTED, filter);
        }
        if (state == null && "RUNNING".equals(status)) {
            return rest(
                    handle,
                    filter,
                    List.of(filter.inStatus("QUEUED"), filter.inStatus("CANCELLED")));
        }
        if (state != null && status != null) {
            return JobViewStore.count(handle, filter);
        }
        return filter.isOfTenantAlone() && status == null
                ? simple(handle, filter, String.valueOf(state))
                : joined(handle, filter, state == null ? status : state);
    }

    private static long rest(Handle handle, JobFilter filter, List<JobFilter> others) {
        long all = count(handle, filter.inAnyState());
        long taken = others.stream().mapToLong(other -> count(handle, other)).sum();
        return Math.max(0, all - taken);
    }

    private static final String ALL =
            """
            SELECT (SELECT count(*) FROM job j WHERE j.tenant_id = :tenant%1$s)
                 - (SELECT count(*) FROM job j WHERE j.tenant_id = :tenant AND j.kind = 'DIRECT'%1$s)
            """;

    /// All and the direct ones have an index each; what is in neither would be looked at row by
    /// row.
    private static long all(Handle handle, JobFilter filter) {
        EndsWanted wanted = JobViewStore.wanted(filter, EndsWanted.Ends.STARTED, false).direct();
        String conditions = EndedJobStore.ofJob(wanted) + EndedJobStore.within(wanted, "j", null);
        return EndedJobStore.bind(handle.createQuery(ALL.formatted(conditions)), wanted)
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

    private static long simple(Handle handle, JobFilter filter, String state) {
        String sql =
                switch (state) {
                    case "QUEUED" -> WAITING;
                    case "RUNNING" -> CLAIMED;
                    case "FAILED" -> FAILED;
                    case "SKIPPED" -> SKIPPED;
                    default -> CANCELLED;
                };
        return number(handle, sql, filter);
    }

    private static final String LIVE =
            """
            SELECT count(*) FROM (%s) AS live JOIN job j ON j.job_id = live.job_id WHERE true%s
            """;

    private static final String ENDED =
            """
            SELECT count(*) FROM run r JOIN job j ON j.job_id = r.job_id
            WHERE r.tenant_id = :tenant AND %s%s
            """;

    /// With conditions on the jobs themselves.
    private static long joined(Handle handle, JobFilter filter, @Nullable String word) {
        EndsWanted wanted = JobViewStore.wanted(filter, EndsWanted.Ends.STARTED, false);
        return switch (word) {
            case "QUEUED" -> joined(handle, LIVE, LiveJobStore.TICKETS, wanted);
            case "RUNNING" -> joined(handle, LIVE, LiveJobStore.LEASES, wanted);
            case null, default ->
                    EndsWanted.Ends.of(filter).conditions().stream()
                            .mapToLong(end -> joined(handle, ENDED, end, wanted))
                            .sum();
        };
    }

    private static long joined(Handle handle, String sql, String where, EndsWanted wanted) {
        String conditions = EndedJobStore.ofJob(wanted) + EndedJobStore.within(wanted, "j", null);
        return EndedJobStore.bind(handle.createQuery(sql.formatted(where, conditions)), wanted)
                .mapTo(long.class)
                .one();
    }

    private static long number(Handle handle, String sql, JobFilter filter) {
        return handle.createQuery(sql)
                .bind("tenant", filter.tenant().value())
                .mapTo(long.class)
                .one();
    }
}
