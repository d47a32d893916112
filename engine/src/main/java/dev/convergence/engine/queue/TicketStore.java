package dev.convergence.engine.queue;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.queue.JobStore.Placed;
import dev.convergence.engine.queue.Placement.Later;
import dev.convergence.engine.sql.CopyRows;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// The tables `ready`, `deferred` and `parked`: where a job waits.
final class TicketStore {

    private TicketStore() {}

    private static final String BLOCKS =
            "SELECT nextval('convergence.ticket_position') FROM generate_series(1, :count)";

    /// By so much the sequence counts on.
    private static final int BLOCK = 65_536;

    /// The next places at the end of the queue, in ascending order.
    static PrimitiveIterator.OfLong positions(Handle handle, int count) {
        List<Long> blocks =
                handle.createQuery(BLOCKS)
                        .bind("count", (count + BLOCK - 1) / BLOCK)
                        .mapTo(Long.class)
                        .list();
        return IntStream.range(0, count)
                .mapToLong(i -> blocks.get(i / BLOCK) + i % BLOCK)
                .iterator();
    }

    private static final String COPY_READY =
            """
            COPY convergence.ready (tenant_id, priority, position, job_id, pool, is_manual)
            FROM STDIN (FORMAT binary)
            """;

    static void copyReady(Handle handle, Collection<Placed> jobs) {
        CopyRows.copy(handle, COPY_READY, jobs, TicketStore::write);
    }

    private static void write(CopyRows out, Placed placed) {
        Job job = placed.job();
        out.columns(6)
                .text(job.tenant().value())
                .smallint(job.priority())
                .bigint(placed.position())
                .uuid(job.id().value())
                .text(job.pool())
                .bool(job.origin().isManual());
    }

    private static final String COPY_DEFERRED =
            """
            COPY convergence.deferred (due_at, tenant_id, priority, job_id, pool, is_manual)
            FROM STDIN (FORMAT binary)
            """;

    static void copyDeferred(Handle handle, Collection<Later> jobs) {
        CopyRows.copy(handle, COPY_DEFERRED, jobs, TicketStore::write);
    }

    private static void write(CopyRows out, Later later) {
        Job job = later.job();
        out.columns(6)
                .time(later.dueAt())
                .text(job.tenant().value())
                .smallint(job.priority())
                .uuid(job.id().value())
                .text(job.pool())
                .bool(job.origin().isManual());
    }

    private static final String INSERT_DEFERRED =
            """
            INSERT INTO convergence.deferred (due_at, tenant_id, priority, job_id, pool, is_manual)
            VALUES (:dueAt, :tenant, :priority, :job, :pool, :manual)
            """;

    static void deferred(Handle handle, Job job, Instant dueAt) {
        handle.createUpdate(INSERT_DEFERRED)
                .bind("dueAt", dueAt)
                .bind("tenant", job.tenant().value())
                .bind("priority", job.priority())
                .bind("job", job.id().value())
                .bind("pool", job.pool())
                .bind("manual", job.origin().isManual())
                .execute();
    }

    // The place where the ticket was first put finds it without reading the tenant's backlog.
    // Looked
    // up beforehand, because as a join it may be planned to read just that.
    private static final String REMOVE_FROM_ITS_PLACE =
            """
            WITH place AS MATERIALIZED (
                SELECT priority, position FROM job WHERE job_id = :job AND tenant_id = :tenant)
            DELETE FROM ready
            WHERE tenant_id = :tenant AND priority = (SELECT priority FROM place)
              AND position = (SELECT position FROM place) AND job_id = :job
            """;

    private static final String REMOVE =
            """
            WITH r AS (DELETE FROM ready WHERE tenant_id = :tenant AND job_id = :job RETURNING 1),
                 d AS (DELETE FROM deferred WHERE tenant_id = :tenant AND job_id = :job RETURNING 1),
                 p AS (DELETE FROM parked WHERE tenant_id = :tenant AND job_id = :job RETURNING 1)
            SELECT (SELECT count(*) FROM r) + (SELECT count(*) FROM d) + (SELECT count(*) FROM p)
            """;

    /// Takes a waiting job's ticket away: whoever deletes the ticket has it, a claim or this.
    ///
    /// @return false when the job does not wait, or is just being moved from one place to another
    static boolean remove(Handle handle, TenantId tenant, JobId job) {
        ClaimStore.fixPlans(handle);
        int removed =
                handle.createUpdate(REMOVE_FROM_ITS_PLACE)
                        .bind("tenant", tenant.value())
                        .bind("job", job.value())
                        .execute();
        return removed == 1
                || handle.createQuery(REMOVE)
                                .bind("tenant", tenant.value())
                                .bind("job", job.value())
                                .mapTo(long.class)
                                .one()
                        > 0;
    }

    private static final String MOVE_DUE =
            """
            WITH due AS (
                DELETE FROM deferred WHERE ctid = ANY(ARRAY(
                    SELECT ctid FROM deferred WHERE due_at <= :now%2$s
                    ORDER BY due_at LIMIT 500 FOR UPDATE SKIP LOCKED))
                RETURNING due_at, tenant_id, priority, job_id, pool, is_manual),
            promoted AS (
                INSERT INTO ready (tenant_id, priority, job_id, pool, is_manual)
                SELECT tenant_id, priority, job_id, pool, is_manual FROM due ORDER BY due_at, job_id
                RETURNING tenant_id, priority, position, job_id),
            numbered AS (
                UPDATE job SET position = place.position, shown_position = place.shown
                FROM (SELECT p.job_id, p.position,
                             %1$s + 100 * row_number() OVER (PARTITION BY p.tenant_id, p.priority ORDER BY p.position)
                             AS shown
                      FROM promoted p JOIN job j USING (job_id) WHERE j.kind = 'QUEUE') AS place
                WHERE job.job_id = place.job_id)
            SELECT DISTINCT tenant_id FROM promoted
            """;

    private static final String LAST_SHOWN = ShownPositionStore.last("p.tenant_id", "p.priority");

    private static final String PROMOTE = MOVE_DUE.formatted(LAST_SHOWN, "");

    // Only where looking from the start is dear: a range on both sides is taken for so few rows
    // that
    // the planner may read and sort all of it.
    private static final String PROMOTE_FROM =
            MOVE_DUE.formatted(LAST_SHOWN, " AND due_at >= :from");

    /// Moves tickets that have come due to the end of their priority level.
    ///
    /// @param from an instant before which nothing waits; null when that is not known
    static Collection<TenantId> promote(Handle handle, @Nullable Instant from, Instant now) {
        Query promotion =
                from == null
                        ? handle.createQuery(PROMOTE)
                        : handle.createQuery(PROMOTE_FROM).bind("from", from);
        return promotion.bind("now", now).map((row, _) -> new TenantId(row.getString(1))).list();
    }

    private static final String NEXT_DUE =
            "SELECT due_at FROM deferred WHERE due_at >= :from ORDER BY due_at LIMIT 1";

    static Optional<Instant> nextDue(Handle handle, @Nullable Instant from) {
        return handle.createQuery(NEXT_DUE)
                .bind("from", from == null ? Instant.EPOCH : from)
                .mapTo(Instant.class)
                .findOne();
    }

    // Jumps from tenant to tenant along the order's index: the cost follows the tenants that have
    // tickets, and an idle queue costs one look.
    private static final String FORGOTTEN =
            """
            WITH RECURSIVE waiting AS (
                (SELECT tenant_id FROM ready ORDER BY tenant_id LIMIT 1)
                UNION ALL
                SELECT (SELECT ready.tenant_id FROM ready WHERE ready.tenant_id > waiting.tenant_id
                        ORDER BY ready.tenant_id LIMIT 1)
                FROM waiting WHERE waiting.tenant_id IS NOT NULL)
            SELECT tenant_id FROM waiting JOIN lane USING (tenant_id) WHERE NOT has_ready
            """;

    /// Tenants that have tickets, but whose lanes are not in the ring: the process that put them in
    /// died, or has not got round to it.
    static List<TenantId> forgotten(Handle handle) {
        return handle.createQuery(FORGOTTEN).map((row, _) -> new TenantId(row.getString(1))).list();
    }
}
