package dev.convergence.engine.queue;

import dev.convergence.engine.id.TimeOrderedId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Reads the [Depth] of the queue.
final class DepthStore {

    private DepthStore() {}

    // In the order of an index each, because the tables keep the pages of past backlogs, and
    // reading
    // those would cost what the backlog was. The estimate is that of the last ANALYZE.
    private static final String DEPTH =
            """
            WITH r AS MATERIALIZED (
                SELECT job_id FROM ready ORDER BY tenant_id, priority DESC, position LIMIT :max + 1),
            counted AS (
                SELECT (SELECT count(*) FROM r) AS ready,
                       (SELECT count(*) FROM (SELECT 1 FROM deferred ORDER BY due_at, job_id LIMIT :max + 1) x) AS deferred,
                       (SELECT count(*) FROM (SELECT 1 FROM parked ORDER BY wait_key, position LIMIT :max + 1) x) AS parked,
                       (SELECT count(*) FROM (SELECT 1 FROM lease ORDER BY job_id LIMIT :max + 1) x) AS running,
                       (SELECT count(*) FROM (SELECT 1 FROM lane WHERE is_claimable ORDER BY virtual_time LIMIT :max + 1) x)
                           AS lanes,
                       (SELECT job_id FROM r ORDER BY job_id LIMIT 1) AS oldest)
            SELECT counted.*,
                   (SELECT reltuples FROM pg_class WHERE oid = 'ready'::regclass)::bigint AS ready_estimate,
                   (SELECT reltuples FROM pg_class WHERE oid = 'deferred'::regclass)::bigint AS deferred_estimate,
                   (SELECT reltuples FROM pg_class WHERE oid = 'parked'::regclass)::bigint AS parked_estimate,
                   (SELECT reltuples FROM pg_class WHERE oid = 'lease'::regclass)::bigint AS running_estimate
            FROM counted
            """;

    static Depth read(Handle handle) {
        ClaimStore.fixPlans(handle);
        return handle.createQuery(DEPTH)
                .bind("max", Depth.EXACT_MAX)
                .map((row, _) -> depth(row))
                .one();
    }

    private static Depth depth(ResultSet row) throws SQLException {
        return new Depth(
                number(row, "ready"),
                number(row, "deferred"),
                number(row, "parked"),
                number(row, "running"),
                row.getLong("lanes"),
                Optional.ofNullable(row.getObject("oldest", UUID.class))
                        .map(TimeOrderedId::madeAt));
    }

    private static long number(ResultSet row, String name) throws SQLException {
        long counted = row.getLong(name);
        return counted <= Depth.EXACT_MAX
                ? counted
                : Math.max(counted, row.getLong(name + "_estimate"));
    }
}
