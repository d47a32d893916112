package dev.convergence.engine.queue;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import java.time.Instant;
import java.util.Collection;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// The tables `ready`, `deferred` and `parked`: where a job waits.
final class TicketStore {

    private TicketStore() {}

    private static final String INSERT_READY =
            """
            INSERT INTO convergence.ready (tenant_id, priority, job_id, pool, is_manual)
            VALUES (:tenant, :priority, :job, :pool, :manual)
            """;

    static void ready(Handle handle, Collection<Job> jobs) {
        PreparedBatch batch = handle.prepareBatch(INSERT_READY);
        jobs.forEach(job -> bind(batch, job).add());
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    private static final String INSERT_DEFERRED =
            """
            INSERT INTO convergence.deferred (due_at, tenant_id, priority, job_id, pool, is_manual)
            VALUES (:dueAt, :tenant, :priority, :job, :pool, :manual)
            """;

    static void deferred(Handle handle, Job job, Instant dueAt) {
        PreparedBatch batch = handle.prepareBatch(INSERT_DEFERRED);
        bind(batch, job).bind("dueAt", dueAt).add();
        batch.execute();
    }

    private static PreparedBatch bind(PreparedBatch batch, Job job) {
        return batch.bind("tenant", job.tenant().value())
                .bind("priority", job.priority())
                .bind("job", job.id().value())
                .bind("pool", job.pool())
                .bind("manual", job.origin().isManual());
    }

    private static final String REMOVE =
            """
            WITH r AS (DELETE FROM ready WHERE tenant_id = :tenant AND job_id = :job RETURNING 1),
                 d AS (DELETE FROM deferred WHERE tenant_id = :tenant AND job_id = :job RETURNING 1),
                 p AS (DELETE FROM parked WHERE tenant_id = :tenant AND job_id = :job RETURNING 1)
            SELECT (SELECT count(*) FROM r) + (SELECT count(*) FROM d) + (SELECT count(*) FROM p)
            """;

    /// Takes a waiting job's ticket away; the caller holds the tenant's lane.
    ///
    /// @return false when the job does not wait (any more)
    static boolean remove(Handle handle, TenantId tenant, JobId job) {
        return handle.createQuery(REMOVE)
                        .bind("tenant", tenant.value())
                        .bind("job", job.value())
                        .mapTo(long.class)
                        .one()
                > 0;
    }

    private static final String PROMOTE =
            """
            WITH due AS (
                DELETE FROM deferred WHERE ctid = ANY(ARRAY(
                    SELECT ctid FROM deferred WHERE due_at <= :now
                    ORDER BY due_at LIMIT 500 FOR UPDATE SKIP LOCKED))
                RETURNING tenant_id, priority, job_id, pool, is_manual),
            promoted AS (
                INSERT INTO ready (tenant_id, priority, job_id, pool, is_manual)
                SELECT tenant_id, priority, job_id, pool, is_manual FROM due
                RETURNING tenant_id)
            SELECT DISTINCT tenant_id FROM promoted
            """;

    /// Moves tickets that have come due to the end of their priority level.
    static Collection<TenantId> promote(Handle handle, Instant now) {
        return handle.createQuery(PROMOTE)
                .bind("now", now)
                .map((row, _) -> new TenantId(row.getString(1)))
                .list();
    }
}
