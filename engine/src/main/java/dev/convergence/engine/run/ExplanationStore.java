package dev.convergence.engine.run;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The SQL that finds out where a job is and what is before it; every count has a bound.
final class ExplanationStore {

    private ExplanationStore() {}

    private static final String FIX_PLANS = "SET LOCAL enable_seqscan = off";

    /// Keeps the planner to the indexes: statistics of tables that fill and empty mislead it.
    static void fixPlans(Handle handle) {
        handle.execute(FIX_PLANS);
    }

    /// Where a job is, as one moment showed it; nothing of a place that it is not in.
    ///
    /// @param position where its ticket was put first; it may have been moved since
    record Place(
            TenantId tenant,
            String type,
            int priority,
            long position,
            int attempt,
            @Nullable String pool,
            boolean isOfSlot,
            @Nullable String state,
            @Nullable Instant finishedAt,
            @Nullable String error,
            @Nullable String outcome,
            @Nullable Instant claimedAt,
            @Nullable UUID node,
            @Nullable Instant dueAt,
            @Nullable String waitKey,
            long parkedPosition) {

        boolean isReady() {
            return state == null && claimedAt == null && dueAt == null && waitKey == null;
        }

        String shown() {
            if (state != null) {
                return state;
            }
            if (claimedAt != null) {
                return "RUNNING";
            }
            if (isOfSlot) {
                return "SCHEDULED";
            }
            return type.equals(Job.PIPELINE) ? "PENDING" : "QUEUED";
        }
    }

    private static final String PLACE =
            """
            SELECT j.tenant_id, j.job_type, j.priority, COALESCE(j.position, 0) AS position, j.attempt, j.pool,
                   j.slot_at IS NOT NULL AS is_of_slot, r.state, r.finished_at, r.error,
                   (SELECT outcome FROM slot
                    WHERE slot.config_id = j.config_id AND slot.due_at = j.slot_at AND slot.job_id = j.job_id) AS outcome,
                   l.claimed_at, l.node_id, d.due_at, p.wait_key, COALESCE(p.position, 0) AS parked_position
            FROM job j
            LEFT JOIN run r ON r.job_id = j.job_id
            LEFT JOIN lease l ON l.job_id = j.job_id
            LEFT JOIN deferred d ON d.job_id = j.job_id
            LEFT JOIN parked p ON p.job_id = j.job_id
            WHERE j.job_id = :job AND (:tenant::text IS NULL OR j.tenant_id = :tenant)
            """;

    static Optional<Place> place(Handle handle, @Nullable TenantId tenant, JobId job) {
        return handle.createQuery(PLACE)
                .bind("job", job.value())
                .bind("tenant", tenant == null ? null : tenant.value())
                .map((row, _) -> place(row))
                .findOne();
    }

    private static Place place(ResultSet row) throws SQLException {
        return new Place(
                new TenantId(row.getString("tenant_id")),
                row.getString("job_type"),
                row.getInt("priority"),
                row.getLong("position"),
                row.getInt("attempt"),
                row.getString("pool"),
                row.getBoolean("is_of_slot"),
                row.getString("state"),
                instant(row, "finished_at"),
                row.getString("error"),
                row.getString("outcome"),
                instant(row, "claimed_at"),
                row.getObject("node_id", UUID.class),
                instant(row, "due_at"),
                row.getString("wait_key"),
                row.getLong("parked_position"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /// A tenant's lane as it stands.
    record Lane(
            int running, int limit, boolean isPaused, boolean isSuspended, boolean isReserved) {}

    private static final String LANE =
            "SELECT running, concurrent_limit, is_paused, is_suspended, is_reserved FROM lane WHERE tenant_id = :tenant";

    static Optional<Lane> lane(Handle handle, TenantId tenant) {
        return handle.createQuery(LANE)
                .bind("tenant", tenant.value())
                .map((row, _) ->
                        new Lane(
                                row.getInt(1),
                                row.getInt(2),
                                row.getBoolean(3),
                                row.getBoolean(4),
                                row.getBoolean(5)))
                .findOne();
    }

    /// A pool as it stands; one that nobody declared is never taken.
    ///
    /// @param lost how many of the held are kept for work of nodes that were lost
    record Pool(int capacity, int held, int lost) {
        boolean isTaken() {
            return capacity > 0 && held >= capacity;
        }
    }

    private static final String POOL =
            """
            SELECT COALESCE((SELECT capacity FROM pool WHERE pool = :pool), 0) AS capacity,
                   (SELECT count(*) FROM permit WHERE pool = :pool) AS held,
                   (SELECT count(*) FROM permit WHERE pool = :pool AND held_until IS NOT NULL) AS lost
            """;

    static Pool pool(Handle handle, String pool) {
        return handle.createQuery(POOL)
                .bind("pool", pool)
                .map((row, _) -> new Pool(row.getInt(1), row.getInt(2), row.getInt(3)))
                .one();
    }

    private static final String PARKED_BEFORE =
            """
            SELECT count(*) FROM (
                SELECT 1 FROM parked WHERE wait_key = :key AND position < :position
                ORDER BY wait_key, position LIMIT 1001) AS before
            """;

    static int parkedBefore(Handle handle, String key, long position) {
        return handle.createQuery(PARKED_BEFORE)
                .bind("key", key)
                .bind("position", position)
                .mapTo(int.class)
                .one();
    }

    /// How many tickets of its tenant are before a job's.
    record Rank(int priority, int higher, int earlier) {}

    // The ticket's first place is written with the job. One that was moved is looked for among the
    // first ten thousand; beyond these, it has more before it than are counted anyway.
    private static final String TICKET =
            """
            SELECT priority, position FROM ready
            WHERE tenant_id = :tenant AND priority = :priority AND position = :position AND job_id = :job
            UNION ALL
            SELECT priority, position FROM (
                SELECT job_id, priority, position FROM ready WHERE tenant_id = :tenant
                ORDER BY priority DESC, position LIMIT 10000) AS first
            WHERE job_id = :job
            LIMIT 1
            """;

    private static final String BEFORE =
            """
            SELECT (SELECT count(*) FROM (
                        SELECT 1 FROM ready WHERE tenant_id = :tenant AND priority > :priority
                        ORDER BY priority DESC, position LIMIT 1001) AS h) AS higher,
                   (SELECT count(*) FROM (
                        SELECT 1 FROM ready WHERE tenant_id = :tenant AND priority = :priority AND position < :position
                        ORDER BY priority DESC, position LIMIT 1001) AS e) AS earlier
            """;

    private record Ticket(int priority, long position) {}

    static Rank rank(Handle handle, JobId job, Place place) {
        Ticket ticket =
                handle.createQuery(TICKET)
                        .bind("tenant", place.tenant().value())
                        .bind("priority", place.priority())
                        .bind("position", place.position())
                        .bind("job", job.value())
                        .map((row, _) -> new Ticket(row.getInt(1), row.getLong(2)))
                        .findOne()
                        .orElse(new Ticket(place.priority(), Long.MAX_VALUE));
        return handle.createQuery(BEFORE)
                .bind("tenant", place.tenant().value())
                .bind("priority", ticket.priority())
                .bind("position", ticket.position())
                .map((row, _) -> new Rank(ticket.priority(), row.getInt(1), row.getInt(2)))
                .one();
    }

    /// The slots of the nodes that are alive, and how many attempts run.
    record Workers(int slots, int busy) {}

    private static final String WORKERS =
            """
            SELECT COALESCE((SELECT sum(slots) FROM node WHERE heartbeat_at > :alive AND NOT is_draining), 0) AS slots,
                   (SELECT count(*) FROM lease) AS busy
            """;

    static Workers workers(Handle handle, Instant alive) {
        return handle.createQuery(WORKERS)
                .bind("alive", alive)
                .map((row, _) -> new Workers(row.getInt(1), row.getInt(2)))
                .one();
    }
}
