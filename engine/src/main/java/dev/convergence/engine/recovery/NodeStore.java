package dev.convergence.engine.recovery;

import dev.convergence.engine.id.NodeId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The table `node`.
final class NodeStore {

    private NodeStore() {}

    record Node(
            NodeId id,
            String host,
            long pid,
            @Nullable Instant pidStartedAt,
            Instant heartbeatAt,
            @Nullable Integer presence) {}

    private static final String INSERT =
            """
            INSERT INTO node (node_id, host, pid, pid_started_at, slots, started_at, heartbeat_at)
            VALUES (:id, :host, :pid, :pidStartedAt, :slots, :now, :now)
            """;

    static void insert(Handle handle, NodeId id, ThisProcess process, int slots, Instant now) {
        handle.createUpdate(INSERT)
                .bind("id", id.value())
                .bind("host", process.host())
                .bind("pid", process.pid())
                .bind("pidStartedAt", process.startedAt())
                .bind("slots", slots)
                .bind("now", now)
                .execute();
    }

    private static final String BEAT =
            "UPDATE node SET heartbeat_at = :now, presence = :presence WHERE node_id = :id";

    /// @return false when the node is no longer in the table: it was taken for dead
    static boolean beat(Handle handle, NodeId id, @Nullable Integer presence, Instant now) {
        return handle.createUpdate(BEAT)
                        .bind("id", id.value())
                        .bind("presence", presence)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    private static final String OTHERS =
            """
            SELECT node_id, host, pid, pid_started_at, heartbeat_at, presence FROM node WHERE node_id <> :id
            """;

    static List<Node> others(Handle handle, NodeId id) {
        return handle.createQuery(OTHERS).bind("id", id.value()).map((row, _) -> node(row)).list();
    }

    // The row's lock serializes this with the dead node's own claims, which read the row, and with
    // other
    // rescuers.
    private static final String REMOVE =
            "DELETE FROM node WHERE node_id = :id AND heartbeat_at = :heartbeatAt";

    /// Takes a node out of the table unless it was heard of again.
    static boolean remove(Handle handle, Node node) {
        return handle.createUpdate(REMOVE)
                        .bind("id", node.id().value())
                        .bind("heartbeatAt", node.heartbeatAt())
                        .execute()
                == 1;
    }

    private static final String LEAVE = "DELETE FROM node WHERE node_id = :id";

    static void leave(Handle handle, NodeId id) {
        handle.createUpdate(LEAVE).bind("id", id.value()).execute();
    }

    private static final String ORPHANS =
            """
            SELECT DISTINCT node_id FROM lease
            WHERE NOT EXISTS (SELECT 1 FROM node WHERE node.node_id = lease.node_id)
            """;

    /// Nodes that are gone from the table but still have leases.
    static List<NodeId> withLeasesButGone(Handle handle) {
        return handle.createQuery(ORPHANS)
                .map((row, _) -> new NodeId(row.getObject(1, UUID.class)))
                .list();
    }

    private static final String IS_LOCKED =
            """
            SELECT EXISTS (
                SELECT 1 FROM pg_locks
                WHERE locktype = 'advisory' AND classid = :class AND objid = :number AND objsubid = 2
                  AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
            """;

    /// Whether any session holds an advisory lock.
    static boolean isLocked(Handle handle, int first, int second) {
        return handle.createQuery(IS_LOCKED)
                .bind("class", first)
                .bind("number", second)
                .mapTo(boolean.class)
                .one();
    }

    private static Node node(ResultSet row) throws SQLException {
        OffsetDateTime started = row.getObject("pid_started_at", OffsetDateTime.class);
        return new Node(
                new NodeId(row.getObject("node_id", UUID.class)),
                row.getString("host"),
                row.getLong("pid"),
                started == null ? null : started.toInstant(),
                row.getObject("heartbeat_at", OffsetDateTime.class).toInstant(),
                row.getObject("presence", Integer.class));
    }
}
