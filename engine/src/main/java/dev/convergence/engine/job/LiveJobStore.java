package dev.convergence.engine.job;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Finds the newest of a tenant's jobs that wait or run, in the small tables of what lives.
public final class LiveJobStore {

    private LiveJobStore() {}

    // In order before any job is looked up, so that only those of the page are.
    private static final String NEWEST =
            """
            SELECT t.job_id FROM (SELECT job_id FROM (%s) AS live ORDER BY job_id DESC) AS t
            JOIN job j ON j.job_id = t.job_id
            WHERE true%s%s
            LIMIT :limit
            """;

    static final String TICKETS =
            """
            SELECT job_id FROM ready WHERE tenant_id = :tenant
            UNION ALL SELECT job_id FROM deferred WHERE tenant_id = :tenant
            UNION ALL SELECT job_id FROM parked WHERE tenant_id = :tenant
            """;

    static final String LEASES = "SELECT job_id FROM lease WHERE tenant_id = :tenant";

    static List<UUID> waiting(Handle handle, EndsWanted wanted) {
        return newest(handle, TICKETS, wanted);
    }

    public static List<UUID> running(Handle handle, EndsWanted wanted) {
        return newest(handle, LEASES, wanted);
    }

    private static List<UUID> newest(Handle handle, String places, EndsWanted wanted) {
        String sql =
                NEWEST.formatted(
                        places,
                        EndedJobStore.ofJob(wanted),
                        EndedJobStore.within(wanted, "t", null));
        return EndedJobStore.bind(handle.createQuery(sql), wanted)
                .bind("limit", wanted.limit())
                .mapTo(UUID.class)
                .list();
    }
}
