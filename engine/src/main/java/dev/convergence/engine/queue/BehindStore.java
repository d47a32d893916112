package dev.convergence.engine.queue;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.queue.DueJobs.Flight;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PrimitiveIterator;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The table `parked`, for jobs that wait until an earlier run of their config has ended.
///
/// Who puts one in holds the flight that it waits for; who ends that flight looks here afterwards,
/// in a statement of its own. So one of the two sees the other, and nothing is left behind.
final class BehindStore {

    static final String CONFIG = "config:";

    private BehindStore() {}

    private static final String JOIN =
            """
            INSERT INTO in_flight (tenant_id, flight_key, job_id)
            SELECT tenant_id, flight_key, job_id
            FROM unnest(:tenants::text[], :keys::text[], :jobs::uuid[]) AS f (tenant_id, flight_key, job_id)
            ORDER BY tenant_id COLLATE "C", flight_key
            ON CONFLICT (tenant_id, flight_key) DO UPDATE SET job_id = in_flight.job_id
            RETURNING flight_key, job_id
            """;

    /// Begins flights, or locks those that there are; by tenant and key.
    ///
    /// @return the flight of each key
    static Map<String, Flight> join(Handle handle, Collection<Job> jobs) {
        Map<String, Flight> flights = new HashMap<>();
        if (jobs.isEmpty()) {
            return flights;
        }
        handle.createQuery(JOIN)
                .bind(
                        "tenants",
                        jobs.stream().map(job -> job.tenant().value()).toArray(String[]::new))
                .bind("keys", keys(jobs))
                .bind("jobs", jobs.stream().map(job -> job.id().value()).toArray(UUID[]::new))
                .map((row, _) ->
                        Map.entry(
                                row.getString(1),
                                new Flight(
                                        JobId.of(row.getObject(2, UUID.class)), new ArrayList<>())))
                .forEach(flight -> flights.put(flight.getKey(), flight.getValue()));
        readWaiting(handle, flights);
        return flights;
    }

    private static final String WAITING =
            "SELECT wait_key, job_id FROM parked WHERE wait_key = ANY(:keys) ORDER BY position";

    private static void readWaiting(Handle handle, Map<String, Flight> flights) {
        handle.createQuery(WAITING)
                .bind("keys", flights.keySet().toArray(String[]::new))
                .map((row, _) ->
                        Map.entry(row.getString(1), JobId.of(row.getObject(2, UUID.class))))
                .forEach(one ->
                        Objects.requireNonNull(flights.get(one.getKey()))
                                .waiting()
                                .add(one.getValue()));
    }

    private static final String PARK =
            """
            INSERT INTO parked (wait_key, position, job_id, tenant_id, priority, pool, is_manual)
            SELECT *, false FROM unnest(:keys::text[], :positions::bigint[], :jobs::uuid[], :tenants::text[],
                :priorities::smallint[], :pools::text[])
            """;

    /// Puts jobs in that wait for the flight of their key, in the order given.
    static void park(Handle handle, Collection<Job> jobs) {
        if (jobs.isEmpty()) {
            return;
        }
        JobCopy.copy(
                handle, jobs.stream().map(job -> new JobStore.Placed(job, null, null)).toList());
        PrimitiveIterator.OfLong positions = TicketStore.positions(handle, jobs.size());
        handle.createUpdate(PARK)
                .bind("keys", keys(jobs))
                .bind("positions", jobs.stream().map(_ -> positions.next()).toArray(Long[]::new))
                .bind("jobs", jobs.stream().map(job -> job.id().value()).toArray(UUID[]::new))
                .bind(
                        "tenants",
                        jobs.stream().map(job -> job.tenant().value()).toArray(String[]::new))
                .bind("priorities", jobs.stream().map(Job::priority).toArray(Integer[]::new))
                .bind("pools", jobs.stream().map(Job::pool).toArray(String[]::new))
                .execute();
    }

    // One that is just being cancelled is passed over: its canceller may wait for what the caller
    // holds. A key that is in flight again lets none go.
    private static final String RELEASE =
            """
            WITH first AS MATERIALIZED (
                SELECT p.* FROM unnest(:keys::text[]) AS k (key) CROSS JOIN LATERAL (
                    SELECT wait_key, tenant_id, job_id FROM parked WHERE wait_key = k.key
                    ORDER BY position LIMIT 1 FOR UPDATE SKIP LOCKED) AS p),
            flights AS (
                INSERT INTO in_flight (tenant_id, flight_key, job_id) SELECT tenant_id, wait_key, job_id FROM first
                ON CONFLICT DO NOTHING RETURNING flight_key, job_id),
            freed AS (
                DELETE FROM parked USING flights
                WHERE parked.wait_key = flights.flight_key AND parked.job_id = flights.job_id
                RETURNING parked.tenant_id, priority, position, parked.job_id, pool, is_manual),
            tickets AS (
                INSERT INTO ready (tenant_id, priority, position, job_id, pool, is_manual)
                SELECT tenant_id, priority, position, job_id, pool, is_manual FROM freed
                RETURNING tenant_id)
            SELECT DISTINCT tenant_id FROM tickets
            """;

    /// Lets the first one go of each key whose flight has ended.
    ///
    /// @return tenants that got a ticket
    static List<TenantId> release(Handle handle, Collection<String> keys) {
        List<String> ofConfigs =
                keys.stream().filter(key -> key.startsWith(CONFIG)).sorted().toList();
        return ofConfigs.isEmpty()
                ? List.of()
                : handle.createQuery(RELEASE)
                        .bind("keys", ofConfigs.toArray(String[]::new))
                        .map((row, _) -> new TenantId(row.getString(1)))
                        .list();
    }

    private static final String FORGOTTEN =
            """
            SELECT DISTINCT wait_key FROM parked
            WHERE wait_key LIKE 'config:%'
              AND NOT EXISTS (SELECT 1 FROM in_flight WHERE in_flight.tenant_id = parked.tenant_id
                              AND in_flight.flight_key = parked.wait_key)
            LIMIT 1000
            """;

    /// Keys that somebody waits for although nothing is in flight: the one that was to be let go
    /// was just being cancelled, and then was not.
    static List<String> forgotten(Handle handle) {
        return handle.createQuery(FORGOTTEN).mapTo(String.class).list();
    }

    private static String[] keys(Collection<Job> jobs) {
        return jobs.stream().map(job -> job.origin().flightKey()).toArray(String[]::new);
    }
}
