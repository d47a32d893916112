package dev.convergence.engine.queue;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.sql.Json;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The SQL that changes waiting jobs and their tickets. The caller holds the tenant's lane, so no
/// claim of it is under way.
final class WaitingStore {

    private WaitingStore() {}

    private static final String LOCK_LANE =
            "SELECT 1 FROM lane WHERE tenant_id = :tenant FOR UPDATE";

    static void lockLane(Handle handle, TenantId tenant) {
        handle.createQuery(LOCK_LANE).bind("tenant", tenant.value()).mapTo(int.class).list();
    }

    /// Where a job waits.
    ///
    /// @param table `ready`, `parked` or `deferred`
    /// @param position its ticket's place; null for a deferred one
    /// @param shown the position that people see
    record Place(
            JobId job, String table, int priority, @Nullable Long position, @Nullable Long shown) {

        boolean isInOrder() {
            return position != null;
        }

        /// The place of a ticket that is in order.
        long ordered() {
            return Objects.requireNonNull(position);
        }
    }

    // Whoever holds a lane waits for nobody: a ticket that somebody else has locked is passed over,
    // and looked for again. Where it stands in `ready` is found by the place that its job has
    // written down, unless its waiting has moved it up.
    private static final String FIND =
            """
            WITH wanted AS MATERIALIZED (
                SELECT job_id, priority, position, shown_position FROM job
                WHERE job_id = ANY(:jobs) AND tenant_id = :tenant),
            in_ready AS MATERIALIZED (
                SELECT ready.job_id, 'ready' AS place, ready.priority, ready.position, wanted.shown_position
                FROM wanted JOIN ready ON ready.tenant_id = :tenant AND ready.job_id = wanted.job_id %s
                FOR UPDATE OF ready SKIP LOCKED),
            in_parked AS MATERIALIZED (
                SELECT parked.job_id, 'parked' AS place, parked.priority, parked.position, wanted.shown_position
                FROM wanted JOIN parked ON parked.job_id = wanted.job_id
                FOR UPDATE OF parked SKIP LOCKED),
            in_deferred AS MATERIALIZED (
                SELECT deferred.job_id, 'deferred' AS place, deferred.priority, NULL::bigint AS position,
                       wanted.shown_position
                FROM wanted JOIN deferred ON deferred.job_id = wanted.job_id
                FOR UPDATE OF deferred SKIP LOCKED)
            SELECT * FROM in_ready UNION ALL SELECT * FROM in_parked UNION ALL SELECT * FROM in_deferred
            """;

    private static final String FIND_IN_ITS_PLACE =
            FIND.formatted(
                    "AND ready.priority = wanted.priority AND ready.position = wanted.position");

    private static final String FIND_ANYWHERE = FIND.formatted("");

    /// Locks the tickets of these jobs; a job that is missing does not wait, or is being moved.
    ///
    /// @param anywhere whether to read the tenant's whole backlog for tickets that have moved up
    static List<Place> find(
            Handle handle, TenantId tenant, Collection<JobId> jobs, boolean anywhere) {
        return handle.createQuery(anywhere ? FIND_ANYWHERE : FIND_IN_ITS_PLACE)
                .bind("tenant", tenant.value())
                .bind("jobs", uuids(jobs))
                .map((row, _) -> place(row))
                .list();
    }

    private static Place place(java.sql.ResultSet row) throws java.sql.SQLException {
        return new Place(
                JobId.of(row.getObject(1, UUID.class)),
                row.getString(2),
                row.getInt(3),
                row.getObject(4, Long.class),
                row.getObject(5, Long.class));
    }

    private static final String LEVEL =
            """
            SELECT waiting.job_id, place, waiting.priority, waiting.position, job.shown_position
            FROM (SELECT job_id, 'ready' AS place, priority, position FROM ready
                  WHERE tenant_id = :tenant AND priority = :priority
                  UNION ALL
                  SELECT job_id, 'parked', priority, position FROM parked
                  WHERE tenant_id = :tenant AND priority = :priority) AS waiting
            JOIN job ON job.job_id = waiting.job_id
            ORDER BY waiting.position
            """;

    /// All that wait in a priority level, in their order.
    static List<Place> level(Handle handle, TenantId tenant, int priority) {
        return handle.createQuery(LEVEL)
                .bind("tenant", tenant.value())
                .bind("priority", priority)
                .map((row, _) -> place(row))
                .list();
    }

    private static final String PARAMS =
            "UPDATE job SET params = :params::jsonb, pool = :pool WHERE job_id = :job";

    private static final String TICKET_POOL =
            "UPDATE %s SET pool = :pool WHERE tenant_id = :tenant AND job_id = :job%s";

    // A job that waits for another pool's permit than it needs now is let go, to ask for that one.
    private static final String LET_GO =
            """
            WITH gone AS (
                DELETE FROM parked WHERE job_id = :job AND wait_key LIKE 'pool:%'
                  AND wait_key IS DISTINCT FROM 'pool:' || :pool
                RETURNING tenant_id, priority, position, job_id, pool, is_manual)
            INSERT INTO ready (tenant_id, priority, position, job_id, pool, is_manual)
            SELECT tenant_id, priority, position, job_id, pool, is_manual FROM gone
            """;

    static void params(
            Handle handle,
            TenantId tenant,
            Place place,
            Map<String, Object> params,
            @Nullable String pool) {
        handle.createUpdate(PARAMS)
                .bind("params", Json.write(params))
                .bind("pool", pool)
                .bind("job", place.job().value())
                .execute();
        boolean ready = place.table().equals("ready");
        String at = ready ? " AND priority = :priority AND position = :position" : "";
        var update =
                handle.createUpdate(TICKET_POOL.formatted(place.table(), at))
                        .bind("pool", pool)
                        .bind("tenant", tenant.value())
                        .bind("job", place.job().value());
        if (ready) {
            update.bind("priority", place.priority()).bind("position", place.position());
        }
        update.execute();
        if (place.table().equals("parked")) {
            handle.createUpdate(LET_GO)
                    .bind("job", place.job().value())
                    .bind("pool", pool)
                    .execute();
        }
    }

    /// A ticket's old place and its new one.
    record Move(Place from, int priority, long position, @Nullable Long shown) {

        JobId job() {
            return from.job();
        }
    }

    // Out and in again, because two that change places must not meet.
    private static final String MOVE =
            """
            WITH moves AS MATERIALIZED (
                SELECT * FROM unnest(:jobs::uuid[], :froms::int[], :places::bigint[], :priorities::int[],
                                     :positions::bigint[], :shown::bigint[])
                    AS m (job_id, from_priority, from_position, priority, position, shown)),
            gone AS (
                DELETE FROM ready USING moves
                WHERE ready.tenant_id = :tenant AND ready.priority = from_priority
                  AND ready.position = from_position AND ready.job_id = moves.job_id
                RETURNING ready.job_id, ready.pool, ready.is_manual),
            unparked AS (
                DELETE FROM parked USING moves WHERE parked.job_id = moves.job_id
                RETURNING parked.job_id, parked.wait_key, parked.pool, parked.is_manual),
            written AS (
                UPDATE job SET priority = moves.priority, position = moves.position, shown_position = moves.shown
                FROM moves
                WHERE job.job_id = moves.job_id
                  AND moves.job_id IN (SELECT job_id FROM gone UNION ALL SELECT job_id FROM unparked))
            SELECT job_id, wait_key, pool, is_manual FROM unparked
            UNION ALL SELECT job_id, NULL, pool, is_manual FROM gone
            """;

    private static final String INTO_READY =
            """
            INSERT INTO ready (tenant_id, priority, position, job_id, pool, is_manual)
            VALUES (:tenant, :priority, :position, :job, :pool, :manual)
            """;

    private static final String INTO_PARKED =
            """
            INSERT INTO parked (wait_key, position, job_id, tenant_id, priority, pool, is_manual)
            VALUES (:key, :position, :job, :tenant, :priority, :pool, :manual)
            """;

    private record Taken(JobId job, @Nullable String key, @Nullable String pool, boolean manual) {}

    /// A ticket was taken elsewhere, or away, since its level was read: all is to be tried again.
    static final class TicketMoved extends RuntimeException {}

    /// Puts tickets elsewhere; their places are exchanged, or were never used by any ticket.
    static void move(Handle handle, TenantId tenant, List<Move> moves) {
        List<Taken> taken =
                handle.createQuery(MOVE)
                        .bind("tenant", tenant.value())
                        .bind("jobs", uuids(moves.stream().map(Move::job).toList()))
                        .bind(
                                "froms",
                                moves.stream()
                                        .map(m -> m.from().priority())
                                        .toArray(Integer[]::new))
                        .bind(
                                "places",
                                moves.stream().map(m -> m.from().ordered()).toArray(Long[]::new))
                        .bind(
                                "priorities",
                                moves.stream().map(Move::priority).toArray(Integer[]::new))
                        .bind("positions", moves.stream().map(Move::position).toArray(Long[]::new))
                        .bind("shown", moves.stream().map(Move::shown).toArray(Long[]::new))
                        .map((row, _) ->
                                new Taken(
                                        JobId.of(row.getObject(1, UUID.class)),
                                        row.getString(2),
                                        row.getString(3),
                                        row.getBoolean(4)))
                        .list();
        if (taken.size() < moves.size()) {
            throw new TicketMoved();
        }
        for (Taken ticket : taken) {
            Move move =
                    moves.stream()
                            .filter(m -> m.job().equals(ticket.job()))
                            .findFirst()
                            .orElseThrow();
            var insert = handle.createUpdate(ticket.key() == null ? INTO_READY : INTO_PARKED);
            if (ticket.key() != null) {
                insert.bind("key", ticket.key());
            }
            insert.bind("tenant", tenant.value())
                    .bind("priority", move.priority())
                    .bind("position", move.position())
                    .bind("job", move.job().value())
                    .bind("pool", ticket.pool())
                    .bind("manual", ticket.manual())
                    .execute();
        }
    }

    private static final String DEFERRED_PRIORITY =
            """
            WITH ticket AS (UPDATE deferred SET priority = :priority WHERE job_id = :job)
            UPDATE job SET priority = :priority WHERE job_id = :job
            """;

    static void deferredPriority(Handle handle, JobId job, int priority) {
        handle.createUpdate(DEFERRED_PRIORITY)
                .bind("job", job.value())
                .bind("priority", priority)
                .execute();
    }

    private static UUID[] uuids(Collection<JobId> jobs) {
        return jobs.stream().map(JobId::value).toArray(UUID[]::new);
    }
}
