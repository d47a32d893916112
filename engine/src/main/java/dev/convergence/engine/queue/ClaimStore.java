package dev.convergence.engine.queue;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.NodeId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.sql.Answers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The claim: tickets out, leases in, lanes up, as one statement.
final class ClaimStore {

    /// How far a start moves a lane of weight 1 in the ring.
    static final int VIRTUAL_TIME_PER_START = 1000;

    private static final int LANES_MAX = 64;

    /// So many jobs are taken from a lane at once, if a claim is large: every lane costs an update.
    private static final int SHARE = 8;

    private ClaimStore() {}

    /// What a claim took.
    record Taken(List<Lane> lanes, List<Ticket> tickets) {}

    /// A lane whose turn it was.
    ///
    /// @param virtualTime before the claim
    /// @param hasMore whether the claim saw a ticket beyond those that it took
    record Lane(TenantId tenant, long virtualTime, boolean hasMore) {}

    /// A ticket that became a lease.
    record Ticket(
            JobId job,
            TenantId tenant,
            int priority,
            long position,
            @Nullable String pool,
            boolean isManual,
            long token) {}

    // The shapes below are known to go wrong when the planner believes stale statistics, of an
    // empty table above all: it would read whole tables. One plan for all calls, because planning
    // takes longer than a small claim.
    static final String SETTINGS =
            """
            SELECT set_config('enable_seqscan', 'off', true), set_config('enable_mergejoin', 'off', true),
                   set_config('plan_cache_mode', 'force_generic_plan', true)
            """;

    /// Keeps the planner to the indexes until the transaction ends.
    static void fixPlans(Handle handle) {
        handle.createQuery(SETTINGS).mapTo(String.class).one();
    }

    private static final String ALIVE =
            "SELECT 1 FROM node WHERE node_id = :node AND heartbeat_at > :alive FOR KEY SHARE";

    /// Whether a node may start anything: it was heard of within a lease. The row's lock makes a
    /// rescuer wait for what the transaction starts.
    static boolean isAlive(Handle handle, NodeId node, Instant now, Duration lease) {
        return handle.createQuery(ALIVE)
                .bind("node", node.value())
                .bind("alive", now.minus(lease))
                .mapTo(int.class)
                .findOne()
                .isPresent();
    }

    private static final String MOVE =
            """
            running = running + started, virtual_time = lane.virtual_time + started * :step / weight,
                    has_ready = has_more\
            """;

    // The CTEs fix the row sets one after the other: a LIMIT inside a join could be run again and
    // again. The number of lanes is a literal, because a parameter makes the planner read the whole
    // table.
    // `alive`: a node that has not been heard of for a lease is being rescued from: it may start
    // nothing more; the row's lock makes the rescuer wait for this claim. One that an operator
    // drains takes nothing, from the commit of that wish on.
    // `chosen`: three steps down the order, so that a floor can be put under the middle one; they
    // run in the order in which they are written, and only one ticket further than the share goes.
    // `moved`, `late`: a lane is found where it was locked, because its key leads past every old
    // version of it; by its key only where it was changed just before it was locked. Of `NOT IN`
    // the planner makes a hash, whatever it expects; see decision 0088.
    private static final String TAKE =
            """
            WITH alive AS MATERIALIZED (
                SELECT 1 FROM node
                WHERE node_id = :node AND heartbeat_at > :alive AND NOT is_draining FOR KEY SHARE),
            lanes AS MATERIALIZED (
                SELECT ctid AS row_id, tenant_id, virtual_time, concurrent_limit - running AS free
                FROM lane
                WHERE is_claimable AND virtual_time >= :ringFloor AND (SELECT count(*) FROM alive) = 1
                ORDER BY virtual_time
                LIMIT %1$d FOR UPDATE SKIP LOCKED),
            shares AS MATERIALIZED (
                SELECT row_id, tenant_id, virtual_time,
                       LEAST(free, GREATEST(1, :slots / (SELECT count(*)::int FROM lanes))) AS share,
                       COALESCE(floor.priority, -1) AS priority, COALESCE(floor.position, 0) AS position
                FROM lanes LEFT JOIN unnest(:floorTenants::text[], :floorPriorities::int[], :floorPositions::bigint[])
                    AS floor (tenant_id, priority, position) USING (tenant_id)),
            chosen AS MATERIALIZED (
                SELECT shares.tenant_id, ticket.row_id, ticket.place > share AS is_beyond
                FROM shares CROSS JOIN LATERAL (
                    SELECT row_id, row_number() OVER () AS place FROM (
                        (SELECT ctid AS row_id FROM ready
                         WHERE ready.tenant_id = shares.tenant_id AND ready.priority > shares.priority
                         ORDER BY ready.priority DESC, ready.position LIMIT shares.share + 1)
                        UNION ALL
                        (SELECT ctid FROM ready
                         WHERE ready.tenant_id = shares.tenant_id AND ready.priority = shares.priority
                           AND ready.position > shares.position
                         ORDER BY ready.priority DESC, ready.position LIMIT shares.share + 1)
                        UNION ALL
                        (SELECT ctid FROM ready
                         WHERE ready.tenant_id = shares.tenant_id AND ready.priority < shares.priority
                         ORDER BY ready.priority DESC, ready.position LIMIT shares.share + 1)
                        LIMIT shares.share + 1) AS first) AS ticket),
            taken AS (
                DELETE FROM ready WHERE ctid = ANY(ARRAY(SELECT row_id FROM chosen WHERE NOT is_beyond))
                RETURNING tenant_id, job_id, priority, position, pool, is_manual,
                          nextval('attempt_token') AS token),
            leased AS (
                INSERT INTO lease (job_id, tenant_id, token, node_id, claimed_at)
                SELECT job_id, tenant_id, token, :node, :now FROM taken),
            started AS (SELECT tenant_id, count(*)::int AS started FROM taken GROUP BY tenant_id),
            beyond AS (SELECT tenant_id FROM chosen WHERE is_beyond),
            counts AS MATERIALIZED (
                SELECT row_id, tenant_id, virtual_time, COALESCE(started, 0) AS started,
                       beyond.tenant_id IS NOT NULL AS has_more
                FROM shares LEFT JOIN started USING (tenant_id) LEFT JOIN beyond USING (tenant_id)),
            moved AS (
                UPDATE lane SET %2$s FROM counts WHERE lane.ctid = counts.row_id
                RETURNING lane.tenant_id),
            late AS (
                UPDATE lane SET %2$s FROM counts
                WHERE lane.tenant_id = ANY(ARRAY(
                          SELECT tenant_id FROM counts WHERE tenant_id NOT IN (SELECT tenant_id FROM moved)))
                  AND lane.tenant_id = counts.tenant_id)
            SELECT tenant_id, virtual_time, has_more, NULL::uuid AS job_id, NULL::int AS priority,
                   NULL::bigint AS position, NULL AS pool, NULL::boolean AS is_manual, NULL::bigint AS token
            FROM counts
            UNION ALL
            SELECT tenant_id, NULL, NULL, job_id, priority, position, pool, is_manual, token FROM taken
            """;

    /// Keeps the planner to the indexes, locks the lanes whose turn it is, takes their first
    /// tickets and leases them to a node; never waits for another claim.
    ///
    /// @param ringFloor a virtual time that no claimable lane is before
    /// @param floors places in lanes that no ticket is before
    static Taken take(
            Handle handle,
            NodeId node,
            int slots,
            long ringFloor,
            List<Floors.Floor> floors,
            Instant now,
            Duration lease) {
        // Both in one trip: who waits for a job waits for each of them.
        return handle.createQuery(SETTINGS + ";\n" + TAKE.formatted(lanes(slots), MOVE))
                .bind("node", node.value())
                .bind("now", now)
                .bind("alive", now.minus(lease))
                .bind("slots", slots)
                .bind("step", VIRTUAL_TIME_PER_START)
                .bind("ringFloor", ringFloor)
                .bind(
                        "floorTenants",
                        LaneStore.names(floors.stream().map(Floors.Floor::tenant).toList()))
                .bind(
                        "floorPriorities",
                        floors.stream().map(Floors.Floor::priority).toArray(Integer[]::new))
                .bind(
                        "floorPositions",
                        floors.stream().map(Floors.Floor::position).toArray(Long[]::new))
                .execute((statement, _) -> Answers.after(1, statement.get(), ClaimStore::taken));
    }

    /// As many lanes as slots while these are few, for the finest interleave; of many slots an
    /// eighth. A power of two, so that there are few statements to plan.
    static int lanes(int slots) {
        return Math.min(
                LANES_MAX, Integer.highestOneBit(Math.max(Math.min(slots, SHARE), slots / SHARE)));
    }

    // By number: this runs for every job of every claim.
    private static Taken taken(ResultSet row) throws SQLException {
        Taken taken = new Taken(new ArrayList<>(), new ArrayList<>());
        while (row.next()) {
            TenantId tenant = new TenantId(row.getString(1));
            UUID job = row.getObject(4, UUID.class);
            if (job == null) {
                taken.lanes().add(new Lane(tenant, row.getLong(2), row.getBoolean(3)));
            } else {
                taken.tickets()
                        .add(
                                new Ticket(
                                        JobId.of(job),
                                        tenant,
                                        row.getInt(5),
                                        row.getLong(6),
                                        row.getString(7),
                                        row.getBoolean(8),
                                        row.getLong(9)));
            }
        }
        return taken;
    }

    private static final String UNDO =
            """
            WITH undone AS (DELETE FROM lease WHERE job_id = ANY(:jobs) RETURNING tenant_id),
            counts AS (SELECT tenant_id, count(*)::int AS count FROM undone GROUP BY tenant_id)
            UPDATE lane
            SET running = running - count, virtual_time = virtual_time - count * :step / weight
            FROM counts
            WHERE lane.tenant_id = ANY(ARRAY(SELECT tenant_id FROM counts)) AND lane.tenant_id = counts.tenant_id
            """;

    /// Takes leases back in the transaction that made them: their jobs do not start after all.
    static void undo(Handle handle, List<JobId> jobs) {
        handle.createUpdate(UNDO)
                .bind("jobs", jobs.stream().map(JobId::value).toArray(UUID[]::new))
                .bind("step", VIRTUAL_TIME_PER_START)
                .execute();
    }
}
