package dev.convergence.engine.job;

import dev.convergence.engine.id.TenantId;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

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
            WHERE j.tenant_id = :tenant%s%s AND j.job_id IN (%s)
            ORDER BY j.job_id DESC LIMIT :missing
            """;

    private static List<UUID> beneath(Handle handle, EndsWanted wanted, UUID floor, int missing) {
        String sql =
                BENEATH.formatted(
                        EndedJobStore.ofJob(wanted),
                        EndedJobStore.within(wanted, "j", floor),
                        TICKETS);
        return joining(
                handle,
                wanted.tenant(),
                () ->
                        EndedJobStore.bind(handle.createQuery(sql), wanted)
                                .bind("floor", floor)
                                .bind("missing", missing)
                                .mapTo(UUID.class)
                                .list());
    }

    /// So many tickets are looked up one by one.
    private static final int FEW = 10_000;

    private static final String UP_TO =
            """
            SELECT count(*) FROM (
                SELECT FROM (SELECT tenant_id FROM ready UNION ALL SELECT tenant_id FROM deferred
                             UNION ALL SELECT tenant_id FROM parked) AS live
                WHERE :tenant::text IS NULL OR tenant_id = :tenant
                LIMIT :most) AS found
            """;

    private static final String BY_HASH =
            """
            SET LOCAL enable_hashjoin = on;
            SET LOCAL enable_nestloop = off
            """;
    private static final String BEFORE = "before_joining";

    /// Joins tickets with jobs. Few tickets are looked up in an index of the jobs. Many are found
    /// sooner by hash, which the planner does not believe: a look-up among forty partitions costs
    /// more than it reckons.
    ///
    /// @param tenant whose tickets are joined; null for those of all
    public static <T> T joining(Handle handle, @Nullable TenantId tenant, Supplier<T> work) {
        long tickets =
                handle.createQuery(UP_TO)
                        .bind("tenant", tenant == null ? null : tenant.value())
                        .bind("most", FEW + 1)
                        .mapTo(long.class)
                        .one();
        if (tickets <= FEW) {
            return work.get();
        }
        handle.savepoint(BEFORE);
        handle.execute(BY_HASH);
        T found = work.get();
        handle.rollbackToSavepoint(BEFORE); // the settings are as they were
        return found;
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
