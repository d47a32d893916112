package dev.convergence.engine.queue;

import dev.convergence.engine.id.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.jdbi.v3.core.Handle;

/// Tickets that move up because they have waited.
final class AgeingStore {

    /// So many of one level of one lane at a look.
    private static final int EACH_MAX = 100;

    private AgeingStore() {}

    // `level`: from level to level and from lane to lane along the order's index, so the cost
    // follows the levels in use, not what waits in them. `oldest`: the first of each lower level;
    // they have waited longest, but for those that were put in front of others.
    // How long a job has waited stands in its id, whose first 48 bits are the milliseconds of its
    // making. It counts from the priority that it was made with, so that a ticket which has moved
    // once does not count its waiting twice.
    // What is backfilled stays behind what is scheduled, however long it waits.
    private static final String RAISE =
            """
            WITH RECURSIVE level AS (
                (SELECT tenant_id, priority, priority AS top FROM ready
                 ORDER BY tenant_id, priority DESC, position LIMIT 1)
                UNION ALL
                SELECT next.tenant_id, next.priority,
                       CASE WHEN next.tenant_id = level.tenant_id THEN level.top ELSE next.priority END
                FROM level CROSS JOIN LATERAL (
                    (SELECT ready.tenant_id, ready.priority FROM ready
                     WHERE ready.tenant_id = level.tenant_id AND ready.priority < level.priority
                     ORDER BY ready.priority DESC, ready.position LIMIT 1)
                    UNION ALL
                    (SELECT ready.tenant_id, ready.priority FROM ready
                     WHERE ready.tenant_id > level.tenant_id
                     ORDER BY ready.tenant_id, ready.priority DESC, ready.position LIMIT 1)
                    LIMIT 1) AS next),
            oldest AS MATERIALIZED (
                SELECT ticket.row_id, ticket.job_id, top
                FROM level CROSS JOIN LATERAL (
                    SELECT ready.ctid AS row_id, ready.job_id FROM ready
                    WHERE ready.tenant_id = level.tenant_id AND ready.priority = level.priority
                    ORDER BY ready.priority DESC, ready.position LIMIT :each) AS ticket
                WHERE level.priority < top),
            aged AS MATERIALIZED (
                SELECT row_id, top FROM oldest JOIN job USING (job_id)
                WHERE priority + floor((:nowMillis - ('x' || substr(replace(job_id::text, '-', ''), 1, 12))::bit(48)::bigint)
                                       / :stepMillis) >= top
                  AND (flight_key IS NULL OR flight_key NOT LIKE 'instant:%')),
            free AS MATERIALIZED (
                SELECT ctid AS row_id FROM ready WHERE ctid = ANY(ARRAY(SELECT row_id FROM aged))
                FOR UPDATE SKIP LOCKED)
            UPDATE ready SET priority = top
            FROM aged JOIN free USING (row_id)
            WHERE ready.ctid = aged.row_id
            RETURNING ready.tenant_id
            """;

    /// Moves tickets that have waited long enough to the highest level of their lane; there they
    /// stand before all that came later.
    ///
    /// @return the lanes in which something moved
    static Collection<TenantId> raise(Handle handle, Duration step, Instant now) {
        ClaimStore.fixPlans(handle);
        return handle.createQuery(RAISE)
                .bind("each", EACH_MAX)
                .bind("nowMillis", now.toEpochMilli())
                .bind("stepMillis", (double) step.toMillis())
                .map((row, _) -> new TenantId(row.getString(1)))
                .set();
    }
}
