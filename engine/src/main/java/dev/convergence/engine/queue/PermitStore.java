package dev.convergence.engine.queue;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.NodeId;
import dev.convergence.engine.id.ReservationId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.queue.ClaimStore.Ticket;
import dev.convergence.engine.queue.HeldPermits.Held;
import dev.convergence.engine.queue.HeldPermits.Holder;
import dev.convergence.engine.queue.Settlement.Judged;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The tables `pool`, `permit` and `parked`: installation-wide resources and who waits for them.
///
/// A permit is a row with a unique key, not a counter: nothing can drift, and the database refuses
/// one holder too many.
final class PermitStore {

    private PermitStore() {}

    private static final String DECLARE =
            """
            INSERT INTO pool (pool, capacity) VALUES (:pool, :capacity)
            ON CONFLICT (pool) DO UPDATE SET capacity = excluded.capacity
            """;

    static void declare(Handle handle, Map<String, Integer> pools) {
        pools.forEach((pool, capacity) ->
                handle.createUpdate(DECLARE)
                        .bind("pool", pool)
                        .bind("capacity", capacity)
                        .execute());
    }

    private static final String IS_DECLARED =
            "SELECT EXISTS (SELECT 1 FROM pool WHERE pool = :pool)";

    static boolean isDeclared(Handle handle, String pool) {
        return handle.createQuery(IS_DECLARED).bind("pool", pool).mapTo(boolean.class).one();
    }

    // The pool's row is locked, so that two claims cannot choose the same slot and then wait for
    // each
    // other's commit.
    private static final String LOCK = "SELECT capacity FROM pool WHERE pool = :pool FOR UPDATE";

    private static final String ACQUIRE =
            """
            INSERT INTO permit (pool, slot, job_id, token)
            SELECT :pool, slot, :job, :token
            FROM generate_series(1, :capacity) AS slot
            WHERE NOT EXISTS (SELECT 1 FROM permit WHERE permit.pool = :pool AND permit.slot = slot.slot)
              AND (SELECT count(*) FROM permit WHERE permit.pool = :pool)
                  + (SELECT count(*) FROM reservation
                     WHERE status = 'ACTIVE' AND waits_for = :pool AND reservation_id < :turn) < :capacity
            ORDER BY slot LIMIT 1
            """;

    /// Behind every reservation that waits for a permit.
    private static final UUID LAST = new UUID(-1, -1);

    /// Takes a permit for a job; the caller holds the job's lane. Permits that reservations wait
    /// for are theirs.
    ///
    /// @return false when all are held. A pool that nobody declared needs no permit: the job is to
    ///   run and to say so, not to wait for ever.
    static boolean acquire(Handle handle, String pool, JobId job, long token) {
        return acquire(handle, pool, job, token, LAST);
    }

    /// The same for a reservation: only those made before it come first.
    static boolean acquire(
            Handle handle, String pool, JobId job, long token, ReservationId reservation) {
        return acquire(handle, pool, job, token, reservation.value());
    }

    private static boolean acquire(Handle handle, String pool, JobId job, long token, UUID turn) {
        Optional<Integer> capacity =
                handle.createQuery(LOCK).bind("pool", pool).mapTo(Integer.class).findOne();
        return capacity.isEmpty()
                || handle.createUpdate(ACQUIRE)
                                .bind("pool", pool)
                                .bind("job", job.value())
                                .bind("token", token)
                                .bind("capacity", capacity.get())
                                .bind("turn", turn)
                                .execute()
                        == 1;
    }

    // By token: whoever comes late gives back what he held himself, and nothing of the next
    // attempt.
    // What a lost holder may still be using only the holder gives back.
    private static final String RELEASE =
            """
            DELETE FROM permit USING unnest(:jobs::uuid[], :tokens::bigint[], :holders::boolean[])
                AS ended (job_id, token, is_holder)
            WHERE permit.job_id = ended.job_id AND permit.token = ended.token
              AND (is_holder OR held_until IS NULL)
            RETURNING pool
            """;

    static List<String> release(Handle handle, Collection<Judged> ended) {
        return handle.createQuery(RELEASE)
                .bind("jobs", ended.stream().map(j -> j.job().id().value()).toArray(UUID[]::new))
                .bind("tokens", ended.stream().map(j -> j.claim().token()).toArray(Long[]::new))
                .bind("holders", ended.stream().map(Judged::isByHolder).toArray(Boolean[]::new))
                .mapTo(String.class)
                .list();
    }

    private static final String KEEP =
            """
            UPDATE permit SET held_until = :until, host = :host, pid = :pid, pid_started_at = :pidStartedAt,
                              presence = :presence
            FROM lease
            WHERE lease.node_id = :node AND permit.job_id = lease.job_id AND permit.token = lease.token
            """;

    /// Keeps a lost node's permits beyond the end of its runs.
    static void keep(Handle handle, NodeId node, Holder holder, Instant until) {
        handle.createUpdate(KEEP)
                .bind("until", until)
                .bind("host", holder.host())
                .bind("pid", holder.pid())
                .bind("pidStartedAt", holder.pidStartedAt())
                .bind("presence", holder.presence())
                .bind("node", node.value())
                .execute();
    }

    // Whoever holds a lease that somebody else ends may need a moment to stop, or be frozen.
    private static final String KEEP_OF_CLAIMS =
            """
            UPDATE permit SET held_until = %s, host = node.host, pid = node.pid,
                              pid_started_at = node.pid_started_at, presence = node.presence
            FROM lease JOIN node ON node.node_id = lease.node_id
            WHERE %s AND permit.job_id = lease.job_id AND permit.token = lease.token AND permit.held_until IS NULL
            """;

    private static final String KEEP_OF_JOBS =
            KEEP_OF_CLAIMS.formatted(":until::timestamptz", "lease.job_id = ANY(:jobs)");

    /// Keeps the permits of claims that are about to be ended by somebody else.
    static void keep(Handle handle, Collection<JobId> jobs, Instant until) {
        handle.createUpdate(KEEP_OF_JOBS)
                .bind("jobs", jobs.stream().map(JobId::value).toArray(UUID[]::new))
                .bind("until", until)
                .execute();
    }

    private static final String KEEP_OF_TENANT =
            KEEP_OF_CLAIMS.formatted(
                    "now() + make_interval(secs => :seconds)", "lease.tenant_id = :tenant");

    static void keep(Handle handle, TenantId tenant, Duration most) {
        handle.createUpdate(KEEP_OF_TENANT)
                .bind("tenant", tenant.value())
                .bind("seconds", most.toSeconds())
                .execute();
    }

    private static final String HELD =
            """
            SELECT pool, job_id, token, host, pid, pid_started_at, presence, held_until FROM permit
            WHERE held_until IS NOT NULL ORDER BY pool, slot
            """;

    static List<Held> held(Handle handle) {
        return handle.createQuery(HELD)
                .map((row, _) ->
                        new Held(
                                row.getString("pool"),
                                JobId.of(row.getObject("job_id", UUID.class)),
                                row.getLong("token"),
                                new Holder(
                                        row.getString("host"),
                                        row.getLong("pid"),
                                        JobStore.instant(row, "pid_started_at"),
                                        row.getObject("presence", Integer.class)),
                                Objects.requireNonNull(JobStore.instant(row, "held_until"))))
                .list();
    }

    // As long as the lease is there, its run has not ended: whoever ends it frees nothing.
    private static final String FREE =
            """
            DELETE FROM permit
            WHERE pool = :pool AND job_id = :job AND token = :token AND held_until IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM lease WHERE lease.job_id = permit.job_id AND lease.token = permit.token)
            """;

    static boolean free(Handle handle, Held held) {
        return handle.createUpdate(FREE)
                        .bind("pool", held.pool())
                        .bind("job", held.job().value())
                        .bind("token", held.token())
                        .execute()
                == 1;
    }

    private static final String PARK =
            """
            INSERT INTO parked (wait_key, position, job_id, tenant_id, priority, pool, is_manual)
            VALUES (:key, :position, :job, :tenant, :priority, :pool, :manual)
            """;

    static void park(Handle handle, String pool, Ticket ticket) {
        handle.createUpdate(PARK)
                .bind("key", key(pool))
                .bind("position", ticket.position())
                .bind("job", ticket.job().value())
                .bind("tenant", ticket.tenant().value())
                .bind("priority", ticket.priority())
                .bind("pool", pool)
                .bind("manual", ticket.isManual())
                .execute();
    }

    // One ticket per free permit, the tenant that holds the fewest permits of the pool first; its
    // place
    // in its own lane is kept.
    private static final String UNPARK =
            """
            WITH free AS (
                SELECT GREATEST(0, capacity - (SELECT count(*)::int FROM permit WHERE permit.pool = :pool)
                    - (SELECT count(*)::int FROM reservation WHERE status = 'ACTIVE' AND waits_for = :pool)) AS permits
                FROM pool WHERE pool = :pool),
            first_of_tenant AS (
                SELECT DISTINCT ON (tenant_id) tenant_id, wait_key, position
                FROM parked JOIN lane USING (tenant_id)
                WHERE wait_key = :key AND NOT is_paused AND NOT is_suspended AND NOT is_reserved
                  AND running < concurrent_limit
                ORDER BY tenant_id, priority DESC, position),
            chosen AS MATERIALIZED (
                SELECT parked.ctid AS row_id FROM first_of_tenant JOIN parked USING (wait_key, position)
                ORDER BY (SELECT virtual_time FROM lane WHERE lane.tenant_id = first_of_tenant.tenant_id), position
                LIMIT (SELECT permits FROM free)),
            freed AS (
                DELETE FROM parked WHERE ctid = ANY(ARRAY(SELECT row_id FROM chosen))
                RETURNING tenant_id, priority, position, job_id, pool, is_manual),
            tickets AS (
                INSERT INTO ready (tenant_id, priority, position, job_id, pool, is_manual)
                SELECT tenant_id, priority, position, job_id, pool, is_manual FROM freed
                RETURNING tenant_id)
            SELECT DISTINCT tenant_id FROM tickets
            """;

    /// Gives the waiting jobs of a pool another try, as many as it has permits free.
    static List<TenantId> unpark(Handle handle, String pool) {
        return handle.createQuery(UNPARK)
                .bind("pool", pool)
                .bind("key", key(pool))
                .map((row, _) -> new TenantId(row.getString(1)))
                .list();
    }

    private static final String WAITED_FOR =
            "SELECT DISTINCT pool FROM parked WHERE wait_key LIKE 'pool:%' AND pool IS NOT NULL";

    static List<String> waitedFor(Handle handle) {
        return handle.createQuery(WAITED_FOR).mapTo(String.class).list();
    }

    private static String key(String pool) {
        return "pool:" + pool;
    }
}
