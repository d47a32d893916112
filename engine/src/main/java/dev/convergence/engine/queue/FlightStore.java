package dev.convergence.engine.queue;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/// The table `in_flight`: one unfinished chain of attempts for each key, whoever asks at the same
/// time.
final class FlightStore {

    private FlightStore() {}

    // Columns as rows; jobs without a key are not sent.
    private static final String FLIGHTS =
            "unnest(:tenants::text[], :keys::text[], :jobs::uuid[]) AS f (tenant_id, flight_key, job_id)";

    private static final String BEGIN =
            """
            INSERT INTO in_flight (tenant_id, flight_key, job_id) VALUES (:tenant, :key, :job)
            ON CONFLICT DO NOTHING
            """;

    private static final String FIND =
            "SELECT job_id FROM in_flight WHERE tenant_id = :tenant AND flight_key = :key";

    /// @return the job that is in flight already, or empty when this one now is
    static Optional<JobId> begin(Handle handle, TenantId tenant, String key, JobId job) {
        while (true) {
            int inserted =
                    handle.createUpdate(BEGIN)
                            .bind("tenant", tenant.value())
                            .bind("key", key)
                            .bind("job", job.value())
                            .execute();
            if (inserted == 1) {
                return Optional.empty();
            }
            Optional<JobId> present = find(handle, tenant, key);
            if (present.isPresent()) {
                return present;
            } // the chain ended between the two looks: try again
        }
    }

    private static final String BEGIN_ALL =
            """
            INSERT INTO in_flight (tenant_id, flight_key, job_id)
            SELECT tenant_id, flight_key, job_id FROM %s
            ORDER BY tenant_id COLLATE "C", flight_key
            ON CONFLICT DO NOTHING RETURNING job_id
            """
                    .formatted(FLIGHTS);

    /// Begins many at once, by tenant and key; who finds a key that is just being ended waits for
    /// that to be committed.
    ///
    /// The caller holds its tenants' usage rows, which is the order that settling takes too, and
    /// whoever settles never waits for a flight: its own rows are nobody else's to change.
    ///
    /// @return the jobs that are in flight now; of the others an earlier one had not ended
    static Set<JobId> beginAll(Handle handle, Collection<Job> jobs) {
        return jobs.isEmpty()
                ? Set.of()
                : bind(handle.createQuery(BEGIN_ALL), withKey(jobs), Job::id)
                        .map((row, _) -> JobId.of(row.getObject(1, UUID.class)))
                        .set();
    }

    private static Optional<JobId> find(Handle handle, TenantId tenant, String key) {
        return handle.createQuery(FIND)
                .bind("tenant", tenant.value())
                .bind("key", key)
                .map((row, _) -> JobId.of(row.getObject(1, UUID.class)))
                .findOne();
    }

    // As with leases, the planner may expect one flight where there are thousands: `= ANY` and
    // `once` keep it from reading and comparing all of them.
    private static final String MATCH =
            """
            i.tenant_id = ANY(ARRAY(SELECT tenant_id FROM f)) AND i.flight_key = ANY(ARRAY(SELECT flight_key FROM f))
              AND i.tenant_id = f.tenant_id AND i.flight_key = f.flight_key AND i.job_id = f.job_id\
            """;

    private static final String PASS_ON =
            """
            WITH f AS MATERIALIZED (
                SELECT f.* FROM unnest(:tenants::text[], :keys::text[], :jobs::uuid[], :retries::uuid[])
                    AS f (tenant_id, flight_key, job_id, retry_id)
                CROSS JOIN generate_series(1, :one::int) AS once)
            UPDATE in_flight i SET job_id = retry_id FROM f WHERE %s
            """
                    .formatted(MATCH);

    /// Passes each flight of a failed job on to the retry that points back at it.
    ///
    /// Locks the rows of chains whose newest attempt the caller ends; nobody else changes those, so
    /// the order is of no matter.
    static void passOn(Handle handle, Collection<Job> retries) {
        List<Job> flying = withKey(retries);
        if (!flying.isEmpty()) {
            bind(handle.createUpdate(PASS_ON), flying, Job::retryOf)
                    .bind("retries", ids(flying, Job::id))
                    .bind("one", 1)
                    .execute();
        }
    }

    private static final String END =
            """
            WITH f AS MATERIALIZED (SELECT f.* FROM %s CROSS JOIN generate_series(1, :one::int) AS once)
            DELETE FROM in_flight i USING f WHERE %s
            """
                    .formatted(FLIGHTS, MATCH);

    /// Ends the flights of jobs after which nothing follows; as for locks, see [#passOn]. What
    /// waits for such a flight goes next.
    ///
    /// @return tenants that got a ticket
    static List<TenantId> end(Handle handle, Collection<Job> jobs) {
        List<Job> flying = withKey(jobs);
        if (flying.isEmpty()) {
            return List.of();
        }
        bind(handle.createUpdate(END), flying, Job::id).bind("one", 1).execute();
        return BehindStore.release(
                handle,
                flying.stream()
                        .map(job -> Objects.requireNonNull(job.origin().flightKey()))
                        .toList());
    }

    private static List<Job> withKey(Collection<Job> jobs) {
        return jobs.stream().filter(job -> job.origin().flightKey() != null).toList();
    }

    private static <S extends SqlStatement<S>> S bind(
            S statement, Collection<Job> flying, Function<Job, @Nullable JobId> id) {
        return statement
                .bind(
                        "tenants",
                        flying.stream().map(job -> job.tenant().value()).toArray(String[]::new))
                .bind(
                        "keys",
                        flying.stream().map(job -> job.origin().flightKey()).toArray(String[]::new))
                .bind("jobs", ids(flying, id));
    }

    private static UUID[] ids(Collection<Job> jobs, Function<Job, @Nullable JobId> id) {
        return jobs.stream()
                .map(job -> Objects.requireNonNull(id.apply(job)).value())
                .toArray(UUID[]::new);
    }
}
