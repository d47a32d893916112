package dev.convergence.engine.job;

import java.util.List;
import org.jdbi.v3.core.Handle;

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
            return filter.isOfTenantAlone()
                    ? all(handle, filter)
                    : JobViewStore.count(handle, filter);
        }
        if (status == null && "COMPLETED".equals(state)) {
            return rest(handle, filter, OTHER_STATES.stream().map(filter::inState).toList());
        }
        if (state == null && "RUNNING".equals(status)) {
            return rest(
                    handle,
                    filter,
                    List.of(filter.inStatus("QUEUED"), filter.inStatus("CANCELLED")));
        }
        return filter.isOfTenantAlone() && status == null
                ? simple(handle, filter, String.valueOf(state))
                : JobViewStore.count(handle, filter);
    }

    private static long rest(Handle handle, JobFilter filter, List<JobFilter> others) {
        long all = count(handle, filter.inAnyState());
        long taken = others.stream().mapToLong(other -> count(handle, other)).sum();
        return Math.max(0, all - taken);
    }

    private static final String ALL =
            """
            SELECT (SELECT count(*) FROM job WHERE tenant_id = :tenant)
                 - (SELECT count(*) FROM job WHERE tenant_id = :tenant AND kind = 'DIRECT')
            """;

    private static long all(Handle handle, JobFilter filter) {
        return number(handle, ALL, filter);
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

    private static long number(Handle handle, String sql, JobFilter filter) {
        return handle.createQuery(sql)
                .bind("tenant", filter.tenant().value())
                .mapTo(long.class)
                .one();
    }
}
