package dev.convergence.engine.queue;

import dev.convergence.engine.id.TenantId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The table `lane`: the ring of tenants, the exact number of running jobs of each, its mutex.
final class LaneStore {

    private LaneStore() {}

    private static final String OPEN =
            """
            INSERT INTO lane (tenant_id, concurrent_limit, weight) VALUES (:tenant, :limit, :weight)
            ON CONFLICT (tenant_id)
            DO UPDATE SET concurrent_limit = excluded.concurrent_limit, weight = excluded.weight,
                          virtual_time = GREATEST(lane.virtual_time, (
                              SELECT virtual_time FROM lane WHERE is_claimable
                              ORDER BY virtual_time LIMIT 1))
            """;

    /// A lane that may start more than before has saved no credit meanwhile.
    static void open(Handle handle, TenantId tenant, int limit, int weight) {
        handle.createUpdate(OPEN)
                .bind("tenant", tenant.value())
                .bind("limit", limit)
                .bind("weight", weight)
                .execute();
    }

    private static final String PAUSE =
            """
            UPDATE lane
            SET is_paused = :paused,
                virtual_time = GREATEST(virtual_time, (
                    SELECT virtual_time FROM lane WHERE is_claimable ORDER BY virtual_time LIMIT 1))
            WHERE tenant_id = :tenant
            """;

    static void pause(Handle handle, TenantId tenant, boolean paused) {
        handle.createUpdate(PAUSE).bind("tenant", tenant.value()).bind("paused", paused).execute();
    }

    private static final String RESERVE =
            """
            UPDATE lane
            SET is_reserved = :reserved,
                virtual_time = GREATEST(virtual_time, (
                    SELECT virtual_time FROM lane WHERE is_claimable ORDER BY virtual_time LIMIT 1))
            WHERE tenant_id = :tenant
            """;

    /// Keeps a lane for one execution, or gives it back; waiting for it saves no credit.
    static void reserve(Handle handle, TenantId tenant, boolean reserved) {
        handle.createUpdate(RESERVE)
                .bind("tenant", tenant.value())
                .bind("reserved", reserved)
                .execute();
    }

    private static final String LOCK =
            "SELECT running, concurrent_limit, is_suspended FROM lane WHERE tenant_id = :tenant FOR"
                    + " UPDATE";

    /// What a lane that the caller has locked is about.
    record Locked(int running, int limit, boolean isSuspended) {}

    /// Waits until no claim holds the lane, and keeps claims out until the transaction ends.
    static Optional<Locked> lock(Handle handle, TenantId tenant) {
        return handle.createQuery(LOCK)
                .bind("tenant", tenant.value())
                .map((row, _) -> new Locked(row.getInt(1), row.getInt(2), row.getBoolean(3)))
                .findOne();
    }

    private static final String START =
            """
            UPDATE lane SET running = running + 1, virtual_time = virtual_time + :step / weight
            WHERE tenant_id = :tenant
            """;

    /// Counts a job that starts without a claim of its ticket.
    static void start(Handle handle, TenantId tenant) {
        handle.createUpdate(START)
                .bind("tenant", tenant.value())
                .bind("step", ClaimStore.VIRTUAL_TIME_PER_START)
                .execute();
    }

    private static final String VIEW =
            "SELECT running, is_paused FROM lane WHERE tenant_id = :tenant";

    static Optional<LaneView> find(Handle handle, TenantId tenant) {
        return handle.createQuery(VIEW)
                .bind("tenant", tenant.value())
                .map((row, _) -> new LaneView(row.getInt(1), row.getBoolean(2)))
                .findOne();
    }

    // One statement: between the look and the change nothing can start or end.
    private static final String RESUME_IF_DRAINED =
            """
            UPDATE lane
            SET is_paused = false,
                virtual_time = GREATEST(virtual_time, (
                    SELECT virtual_time FROM lane WHERE is_claimable ORDER BY virtual_time LIMIT 1))
            WHERE tenant_id = :tenant AND is_paused AND running = 0
            """;

    /// @return false when it is not paused, or when what was running has not ended
    static boolean resumeIfDrained(Handle handle, TenantId tenant) {
        return handle.createUpdate(RESUME_IF_DRAINED).bind("tenant", tenant.value()).execute() == 1;
    }

    private static final String ANY_CLAIMABLE =
            "SELECT EXISTS (SELECT 1 FROM lane WHERE is_claimable)";

    static boolean anyClaimable(Handle handle) {
        return handle.createQuery(ANY_CLAIMABLE).mapTo(boolean.class).one();
    }

    // A lane that was at its limit comes back into the ring, at the ring's present time: waiting at
    // the limit saves no credit, and a claim that begins at a later time does not pass it over.
    // Like a claim it finds a lane where it was locked, past all old versions of it.
    private static final String GIVE_BACK =
            """
            running = running - count,
                    virtual_time = CASE
                        WHEN running < concurrent_limit THEN virtual_time
                        ELSE GREATEST(virtual_time, :floor, (
                            SELECT virtual_time FROM lane WHERE is_claimable AND virtual_time >= :floor
                            ORDER BY virtual_time LIMIT 1))
                    END\
            """;

    // `= ANY`, `once` and `NOT IN` keep the planner to the lanes asked for, also when it believes
    // that there is one: docs/decisions/0088-what-was-emptied-is-planned-as-full.md
    private static final String ENDED =
            """
            WITH ended AS MATERIALIZED (
                SELECT tenant_id, count FROM unnest(:tenants::text[], :counts::int[]) AS e (tenant_id, count)
                CROSS JOIN generate_series(1, :one::int) AS once),
            locked AS MATERIALIZED (
                SELECT lane.ctid AS row_id, lane.tenant_id, count FROM lane JOIN ended USING (tenant_id)
                WHERE lane.tenant_id = ANY(ARRAY(SELECT tenant_id FROM ended))
                ORDER BY tenant_id FOR UPDATE OF lane),
            moved AS (
                UPDATE lane SET %1$s FROM locked WHERE lane.ctid = locked.row_id
                RETURNING lane.tenant_id, lane.is_reserved AND lane.running = 0 AS is_vacated),
            late AS (
                UPDATE lane SET %1$s FROM locked
                WHERE lane.tenant_id = ANY(ARRAY(
                          SELECT tenant_id FROM locked WHERE tenant_id NOT IN (SELECT tenant_id FROM moved)))
                  AND lane.tenant_id = locked.tenant_id
                RETURNING lane.is_reserved AND lane.running = 0 AS is_vacated)
            SELECT EXISTS (SELECT 1 FROM moved WHERE is_vacated) OR EXISTS (SELECT 1 FROM late WHERE is_vacated)
            """
                    .formatted(GIVE_BACK);

    /// Gives running places back.
    ///
    /// @param floor a virtual time that no claimable lane is before
    /// @return whether a reserved lane is empty now, for which somebody waits
    static boolean ended(Handle handle, Map<TenantId, Integer> counts, long floor) {
        List<TenantId> tenants = new ArrayList<>(counts.keySet());
        return handle.createQuery(ENDED)
                .bind("tenants", names(tenants))
                .bind("counts", tenants.stream().map(counts::get).toArray(Integer[]::new))
                .bind("floor", floor)
                .bind("one", 1)
                .mapTo(boolean.class)
                .one();
    }

    // A lane that was idle enters at the ring's present time: sleeping saves no credit.
    // The look for a ticket is one step down the order's index; as EXISTS it would be planned as a
    // join with the whole queue.
    private static final String ACTIVATE =
            """
            WITH idle AS MATERIALIZED (
                SELECT tenant_id FROM lane
                WHERE tenant_id = ANY(:tenants) AND NOT has_ready
                  AND (SELECT true FROM ready WHERE ready.tenant_id = lane.tenant_id
                       ORDER BY priority DESC, position LIMIT 1)
                ORDER BY tenant_id FOR UPDATE),
            activated AS (
                UPDATE lane
                SET has_ready = true,
                    virtual_time = GREATEST(virtual_time, :floor, (
                        SELECT virtual_time FROM lane WHERE is_claimable AND virtual_time >= :floor
                        ORDER BY virtual_time LIMIT 1))
                WHERE tenant_id = ANY(ARRAY(SELECT tenant_id FROM idle)))
            SELECT %s
            """;

    private static final String ACTIVATE_ONLY = ACTIVATE.formatted("1");

    private static final String ACTIVATE_AND_NOTIFY = ACTIVATE.formatted("pg_notify(:channel, '')");

    /// Puts lanes that have tickets back into the ring.
    ///
    /// Runs after the tickets are committed, and again after a claim has marked a lane empty. Each
    /// side writes first and looks afterwards, so at least one of the two sees the other, and no
    /// ticket is left behind. A lane that is in the ring already is not touched: no hot row per
    /// enqueue.
    static void activate(Handle handle, Collection<TenantId> tenants, long floor) {
        handle.createQuery(ACTIVATE_ONLY)
                .bind("tenants", names(tenants))
                .bind("floor", floor)
                .mapTo(int.class)
                .one();
    }

    /// The same, and every listener of the channel hears of it at the commit.
    static void activateAndNotify(
            Handle handle, Collection<TenantId> tenants, long floor, String channel) {
        handle.createQuery(ACTIVATE_AND_NOTIFY)
                .bind("tenants", names(tenants))
                .bind("floor", floor)
                .bind("channel", channel)
                .mapTo(String.class)
                .one();
    }

    private static final String NOTIFY = "SELECT pg_notify(:channel, :text)";

    /// Every listener of the channel hears a text that is about no lane.
    static void notify(Handle handle, String channel, String text) {
        handle.createQuery(NOTIFY)
                .bind("channel", channel)
                .bind("text", text)
                .mapTo(String.class)
                .one();
    }

    static String[] names(Collection<TenantId> tenants) {
        return tenants.stream().map(TenantId::value).toArray(String[]::new);
    }
}
