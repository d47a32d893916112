package dev.convergence.engine.queue;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The table `in_flight`: one unfinished chain of attempts for each key, whoever asks at the same
/// time.
final class FlightStore {

    private FlightStore() {}

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

    private static Optional<JobId> find(Handle handle, TenantId tenant, String key) {
        return handle.createQuery(FIND)
                .bind("tenant", tenant.value())
                .bind("key", key)
                .map((row, _) -> JobId.of(row.getObject(1, UUID.class)))
                .findOne();
    }

    private static final String PASS_ON =
            """
            UPDATE in_flight SET job_id = :retry
            WHERE tenant_id = :tenant AND flight_key = :key AND job_id = :failed
            """;

    static void passOn(Handle handle, TenantId tenant, String key, JobId failed, JobId retry) {
        handle.createUpdate(PASS_ON)
                .bind("tenant", tenant.value())
                .bind("key", key)
                .bind("failed", failed.value())
                .bind("retry", retry.value())
                .execute();
    }

    private static final String END =
            """
            DELETE FROM in_flight
            WHERE tenant_id = :tenant AND flight_key = :key AND job_id = :job
            """;

    static void end(Handle handle, TenantId tenant, String key, JobId job) {
        handle.createUpdate(END)
                .bind("tenant", tenant.value())
                .bind("key", key)
                .bind("job", job.value())
                .execute();
    }
}
