package dev.convergence.engine.queue;

import dev.convergence.engine.id.TenantId;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL that finds rows that nothing stands behind any more, and removes them.
///
/// What a node does is one transaction, so one statement sees each job in one place. A row that is
/// found here belongs to nothing that is under way.
final class RepairStore {

    private RepairStore() {}

    private static final String TICKETS =
            """
            WITH stale AS MATERIALIZED (
                SELECT t.job_id FROM (
                    SELECT job_id FROM ready UNION ALL SELECT job_id FROM deferred UNION ALL SELECT job_id FROM parked) AS t
                LEFT JOIN job ON job.job_id = t.job_id
                LEFT JOIN run ON run.job_id = t.job_id
                WHERE job.job_id IS NULL OR run.job_id IS NOT NULL),
            r AS (DELETE FROM ready WHERE job_id IN (SELECT job_id FROM stale) RETURNING 1),
            d AS (DELETE FROM deferred WHERE job_id IN (SELECT job_id FROM stale) RETURNING 1),
            p AS (DELETE FROM parked WHERE job_id IN (SELECT job_id FROM stale) RETURNING 1)
            SELECT (SELECT count(*) FROM r) + (SELECT count(*) FROM d) + (SELECT count(*) FROM p)
            """;

    /// Tickets of jobs that have ended or are no longer there.
    static int removeTickets(Handle handle) {
        return handle.createQuery(TICKETS).mapTo(int.class).one();
    }

    private static final String PERMITS =
            """
            DELETE FROM permit WHERE held_until IS NULL AND NOT EXISTS (
                SELECT 1 FROM lease WHERE lease.job_id = permit.job_id AND lease.token = permit.token)
            """;

    static int freePermits(Handle handle) {
        return handle.createUpdate(PERMITS).execute();
    }

    /// A flight whose job has ended: it keeps its config from ever firing again.
    record Flight(String tenant, String key, UUID job) {}

    private static final String LANDED =
            """
            SELECT i.tenant_id, i.flight_key, i.job_id FROM in_flight i
            LEFT JOIN job ON job.job_id = i.job_id
            LEFT JOIN run ON run.job_id = i.job_id
            WHERE job.job_id IS NULL OR run.job_id IS NOT NULL
            """;

    static List<Flight> landed(Handle handle) {
        return handle.createQuery(LANDED)
                .map((row, _) ->
                        new Flight(
                                row.getString(1), row.getString(2), row.getObject(3, UUID.class)))
                .list();
    }

    // Found first and then removed by what was found: one that was passed on meanwhile stays.
    private static final String END_FLIGHT =
            "DELETE FROM in_flight WHERE tenant_id = :tenant AND flight_key = :key AND job_id = :job";

    static int end(Handle handle, Flight flight) {
        return handle.createUpdate(END_FLIGHT)
                .bind("tenant", flight.tenant())
                .bind("key", flight.key())
                .bind("job", flight.job())
                .execute();
    }

    private static final String MISCOUNTED =
            """
            SELECT tenant_id FROM lane
            LEFT JOIN (SELECT tenant_id, count(*) AS leases FROM lease GROUP BY tenant_id) AS l USING (tenant_id)
            WHERE running <> COALESCE(leases, 0) ORDER BY tenant_id
            """;

    static List<TenantId> miscounted(Handle handle) {
        return handle.createQuery(MISCOUNTED)
                .map((row, _) -> new TenantId(row.getString(1)))
                .list();
    }

    private static final String LOCK_LANE =
            "SELECT tenant_id FROM lane WHERE tenant_id = :tenant FOR UPDATE";

    private static final String RECOUNT =
            """
            UPDATE lane SET running = (SELECT count(*) FROM lease WHERE lease.tenant_id = lane.tenant_id)
            WHERE tenant_id = :tenant
              AND running <> (SELECT count(*) FROM lease WHERE lease.tenant_id = lane.tenant_id)
            """;

    /// Counts a lane's leases under its lock: a statement that begins when the lock is held sees a
    /// claim or a settling whole, or not at all.
    static int recount(Handle handle, TenantId tenant) {
        handle.createQuery(LOCK_LANE).bind("tenant", tenant.value()).mapTo(String.class).list();
        return handle.createUpdate(RECOUNT).bind("tenant", tenant.value()).execute();
    }
}
