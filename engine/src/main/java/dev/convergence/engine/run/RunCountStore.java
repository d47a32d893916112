package dev.convergence.engine.run;

import java.util.List;
import org.jdbi.v3.core.Handle;

/// Counts what lists of pipeline runs page through, where there may be a million: from the index of
/// pipelines, from that of what did not complete, and from the small tables of what lives.
///
/// Completed runs have no index of their own: they are what is left.
final class RunCountStore {

    private static final List<String> OTHERS =
            List.of("FAILED", "SKIPPED", "CANCELLED", "RUNNING", "SCHEDULED", "PENDING");

    private RunCountStore() {}

    static long count(Handle handle, RunFilter filter) {
        return filter.state() == null ? all(handle, filter) : in(handle, filter, filter.state());
    }

    private static long in(Handle handle, RunFilter filter, String state) {
        return switch (state) {
            case "COMPLETED" -> completed(handle, filter);
            case "RUNNING" -> live(handle, filter, RUNNING, "");
            case "SCHEDULED" -> live(handle, filter, WAITING, " AND j.slot_at IS NOT NULL");
            case "PENDING" -> live(handle, filter, WAITING, " AND j.slot_at IS NULL");
            default -> ended(handle, filter, state);
        };
    }

    private static long completed(Handle handle, RunFilter filter) {
        long others = OTHERS.stream().mapToLong(other -> in(handle, filter, other)).sum();
        return Math.max(0, all(handle, filter) - others);
    }

    private static final String ALL = "SELECT count(*) FROM job j WHERE j.pipeline_id IS NOT NULL";

    private static long all(Handle handle, RunFilter filter) {
        return number(handle, ALL + RunConditions.of(filter, "j."), filter);
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

    private static long live(Handle handle, RunFilter filter, String places, String more) {
        String ofTenant =
                filter.tenant() == null
                        ? places
                        : "SELECT job_id FROM (" + places + ") AS p WHERE tenant_id = :tenant";
        return number(
                handle, LIVE.formatted(ofTenant, more + RunConditions.of(filter, "j.")), filter);
    }

    private static final String ENDED =
            """
            SELECT count(*) FROM run r JOIN job j ON j.job_id = r.job_id
            WHERE r.state <> 'COMPLETED' AND r.state = '%s'%s AND j.pipeline_id IS NOT NULL%s
            """;

    /// @param state one of our own words
    private static long ended(Handle handle, RunFilter filter, String state) {
        String ofTenant = filter.tenant() == null ? "" : " AND r.tenant_id = :tenant";
        return number(
                handle, ENDED.formatted(state, ofTenant, RunConditions.of(filter, "j.")), filter);
    }

    private static long number(Handle handle, String sql, RunFilter filter) {
        return RunConditions.bind(handle.createQuery(sql), filter).mapTo(long.class).one();
    }
}
