package dev.convergence.engine.job;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Finds the newest of a tenant's jobs that wait or run.
public final class LiveJobStore {

    private LiveJobStore() {}

    /// A queue may be a million long, and tickets are in the order of the queue. So the tenant's
    /// newest jobs are looked through first; where they do not fill the page, the tickets are.
    public static List<UUID> waiting(Handle handle, EndsWanted wanted) {
        return NewestJobStore.newest(handle, NewestJobStore.WAITS, wanted)
                .filled(
                        wanted.limit(),
                        (floor, missing) -> beneath(handle, wanted, floor, missing));
    }

    static final String TICKETS =
            """
            SELECT job_id FROM ready WHERE tenant_id = :tenant
            UNION ALL SELECT job_id FROM deferred WHERE tenant_id = :tenant
            UNION ALL SELECT job_id FROM parked WHERE tenant_id = :tenant
            """;

    private static final String BENEATH =
            """
            SELECT j.job_id FROM job j
            WHERE j.tenant_id = :tenant%s%s%s
              AND j.job_id IN (SELECT job_id FROM (%s) AS live WHERE true%s)
            ORDER BY j.job_id DESC LIMIT :missing
            """;

    private static List<UUID> beneath(Handle handle, EndsWanted wanted, UUID floor, int missing) {
        return BacklogStore.joined(
                        handle,
                        wanted.tenant(),
                        missing,
                        part -> beneath(handle, wanted, floor, missing, part))
                .stream()
                .limit(missing)
                .toList();
    }

    private static List<UUID> beneath(
            Handle handle, EndsWanted wanted, UUID floor, int missing, BacklogStore.Part part) {
        String sql =
                BENEATH.formatted(
                        EndedJobStore.ofJob(wanted),
                        EndedJobStore.within(wanted, "j", floor),
                        part.of("j"),
                        TICKETS,
                        part.of("live"));
        return part.bind(EndedJobStore.bind(handle.createQuery(sql), wanted))
                .bind("floor", floor)
                .bind("missing", missing)
                .mapTo(UUID.class)
                .list();
    }

    static final String LEASES = "SELECT job_id FROM lease WHERE tenant_id = :tenant";

    // In order before any job is looked up, so that only those of the page are.
    private static final String RUNNING =
            """
            SELECT t.job_id FROM (SELECT job_id FROM lease WHERE tenant_id = :tenant ORDER BY job_id DESC) AS t
            JOIN job j ON j.job_id = t.job_id
            WHERE true%s%s
            LIMIT :limit
            """;

    public static List<UUID> running(Handle handle, EndsWanted wanted) {
        String sql =
                RUNNING.formatted(
                        EndedJobStore.ofJob(wanted), EndedJobStore.within(wanted, "t", null));
        return EndedJobStore.bind(handle.createQuery(sql), wanted)
                .bind("limit", wanted.limit())
                .mapTo(UUID.class)
                .list();
    }
}
