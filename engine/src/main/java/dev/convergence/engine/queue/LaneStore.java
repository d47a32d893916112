package dev.convergence.engine.queue;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/// The table `lane`: the ring of tenants, the exact number of running jobs of each, its mutex.
final class LaneStore {

    /// How far a start moves a lane of weight 1 in the ring.
    private static final int VIRTUAL_TIME_PER_START = 1000;

    private LaneStore() {}

    /// A ticket that a claim took off a lane, or the lane alone when it had none left.
    ///
    /// @param share how many tickets the claim was ready to take from this lane
    record Taken(TenantId tenant, int share, @Nullable Ticket ticket) {}

    record Ticket(
            JobId job,
            TenantId tenant,
            int priority,
            long position,
            @Nullable String pool,
            boolean isManual) {}

    private static final String OPEN =
            """
            INSERT INTO lane (tenant_id, concurrent_limit, weight) VALUES (:tenant, :limit, :weight)
            ON CONFLICT (tenant_id)
            DO UPDATE SET concurrent_limit = excluded.concurrent_limit, weight = excluded.weight
            """;

    static void open(Handle handle, TenantId tenant, int limit, int weight) {
        handle.createUpdate(OPEN)
                .bind("tenant", tenant.value())
                .bind("limit", limit)
                .bind("weight", weight)
                .execute();
    }

    private static final String PAUSE =
            "UPDATE lane SET is_paused = :paused WHERE tenant_id = :tenant";

    static void pause(Handle handle, TenantId tenant, boolean paused) {
        handle.createUpdate(PAUSE).bind("tenant", tenant.value()).bind("paused", paused).execute();
    }

    // The CTEs fix the row sets one after the other: a LIMIT inside a join could be run again and
    // again.
    // The limits are literals, because a parameter makes the planner read the whole table.
    private static final String TAKE =
            """
            WITH lanes AS MATERIALIZED (
                SELECT tenant_id, concurrent_limit - running AS free
                FROM lane
                WHERE has_ready AND NOT is_paused AND NOT is_suspended AND running < concurrent_limit
                ORDER BY virtual_time
                LIMIT %1$d FOR UPDATE SKIP LOCKED),
            shares AS MATERIALIZED (
                SELECT tenant_id, LEAST(free, GREATEST(1, %1$d / (SELECT NULLIF(count(*), 0)::int FROM lanes))) AS share
                FROM lanes),
            chosen AS MATERIALIZED (
                SELECT ticket.row_id
                FROM shares CROSS JOIN LATERAL (
                    SELECT ctid AS row_id FROM ready
                    WHERE ready.tenant_id = shares.tenant_id
                    ORDER BY priority DESC, position
                    LIMIT shares.share) AS ticket),
            taken AS (
                DELETE FROM ready WHERE ctid = ANY(ARRAY(SELECT row_id FROM chosen))
                RETURNING tenant_id, job_id, priority, position, pool, is_manual)
            SELECT tenant_id, share, job_id, priority, position, pool, is_manual
            FROM shares LEFT JOIN taken USING (tenant_id)
            """;

    /// Locks the lanes whose turn it is and takes their first tickets; never waits for a lock.
    static List<Taken> take(Handle handle, int slots) {
        return handle.createQuery(TAKE.formatted(slots))
                .map((row, _) -> {
                    TenantId tenant = new TenantId(row.getString("tenant_id"));
                    UUID job = row.getObject("job_id", UUID.class);
                    return new Taken(
                            tenant,
                            row.getInt("share"),
                            job == null
                                    ? null
                                    : new Ticket(
                                            JobId.of(job),
                                            tenant,
                                            row.getInt("priority"),
                                            row.getLong("position"),
                                            row.getString("pool"),
                                            row.getBoolean("is_manual")));
                })
                .list();
    }

    private static final String ANY_CLAIMABLE =
            """
            SELECT EXISTS (SELECT 1 FROM lane WHERE has_ready AND NOT is_paused AND NOT is_suspended
                           AND running < concurrent_limit)
            """;

    static boolean anyClaimable(Handle handle) {
        return handle.createQuery(ANY_CLAIMABLE).mapTo(boolean.class).one();
    }

    private static final String STARTED =
            """
            UPDATE lane
            SET running = running + :started,
                virtual_time = virtual_time + :started * :step / weight,
                has_ready = :hasReady
            WHERE tenant_id = :tenant
            """;

    /// @param started how many jobs of the lane a claim started
    /// @param hasReady false when the claim found fewer tickets than it would have taken
    static void started(
            Handle handle, Map<TenantId, Integer> started, Map<TenantId, Boolean> hasReady) {
        PreparedBatch batch = handle.prepareBatch(STARTED);
        hasReady.forEach((tenant, more) ->
                batch.bind("tenant", tenant.value())
                        .bind("started", started.getOrDefault(tenant, 0))
                        .bind("step", VIRTUAL_TIME_PER_START)
                        .bind("hasReady", more)
                        .add());
        batch.execute();
    }

    private static final String LOCK =
            "SELECT tenant_id FROM lane WHERE tenant_id = ANY(:tenants) ORDER BY tenant_id FOR UPDATE";

    /// Takes the mutexes of tenants, in the one order that keeps lockers from waiting in a circle.
    static void lock(Handle handle, Collection<TenantId> tenants) {
        handle.createQuery(LOCK).bind("tenants", names(tenants)).mapTo(String.class).list();
    }

    private static final String ENDED =
            "UPDATE lane SET running = running - :ended WHERE tenant_id = :tenant";

    static void ended(Handle handle, Map<TenantId, Integer> ended) {
        PreparedBatch batch = handle.prepareBatch(ENDED);
        ended.forEach(
                (tenant, count) -> batch.bind("tenant", tenant.value()).bind("ended", count).add());
        batch.execute();
    }

    // A lane that was idle enters at the ring's present time: sleeping saves no credit.
    private static final String ACTIVATE =
            """
            WITH idle AS MATERIALIZED (
                SELECT tenant_id FROM lane
                WHERE tenant_id = ANY(:tenants) AND NOT has_ready
                  AND EXISTS (SELECT 1 FROM ready WHERE ready.tenant_id = lane.tenant_id)
                ORDER BY tenant_id FOR UPDATE)
            UPDATE lane
            SET has_ready = true,
                virtual_time = GREATEST(virtual_time, COALESCE(
                    (SELECT virtual_time FROM lane WHERE has_ready AND NOT is_paused
                     ORDER BY virtual_time LIMIT 1), 0))
            FROM idle WHERE lane.tenant_id = idle.tenant_id
            """;

    /// Puts lanes that have tickets back into the ring.
    ///
    /// Runs after the tickets are committed, and again after a claim has marked a lane empty. Each
    /// side writes first and looks afterwards, so at least one of the two sees the other, and no
    /// ticket is left behind. A lane that is in the ring already is not touched: no hot row per
    /// enqueue.
    static int activate(Handle handle, Collection<TenantId> tenants) {
        return handle.createUpdate(ACTIVATE).bind("tenants", names(tenants)).execute();
    }

    private static final String ACTIVATE_ALL =
            """
            WITH idle AS MATERIALIZED (
                SELECT tenant_id FROM lane
                WHERE NOT has_ready AND EXISTS (SELECT 1 FROM ready WHERE ready.tenant_id = lane.tenant_id)
                FOR UPDATE SKIP LOCKED)
            UPDATE lane SET has_ready = true FROM idle WHERE lane.tenant_id = idle.tenant_id
            """;

    /// Finds lanes whose activation was lost with a process that died between commit and
    /// activation.
    static int activateAll(Handle handle) {
        return handle.createUpdate(ACTIVATE_ALL).execute();
    }

    private static String[] names(Collection<TenantId> tenants) {
        return tenants.stream().map(TenantId::value).toArray(String[]::new);
    }
}
