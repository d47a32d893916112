package dev.convergence.engine.recovery;

import dev.convergence.engine.id.NodeId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The table `node`, with what its nodes hold of `lease`.
final class NodeViewStore {

    private NodeViewStore() {}

    private static final String SELECT =
            """
            SELECT node.node_id, host, pid, slots, started_at, heartbeat_at, is_draining,
                   count(lease.job_id)::int AS running, min(claimed_at) AS oldest_claim
            FROM node LEFT JOIN lease USING (node_id)
            """;

    private static final String LIST =
            SELECT
                    + """
                    WHERE :since::timestamptz IS NULL OR (started_at, node.node_id) < (:since, :before::uuid)
                    GROUP BY node.node_id ORDER BY started_at DESC, node.node_id DESC LIMIT :limit
                    """;

    static List<NodeView> list(Handle handle, NodeView.@Nullable Place before, int limit) {
        return handle.createQuery(LIST)
                .bindByType("since", before == null ? null : before.startedAt(), Instant.class)
                .bindByType("before", before == null ? null : before.id().value(), UUID.class)
                .bind("limit", limit)
                .map((row, _) -> node(row))
                .list();
    }

    private static final String FIND = SELECT + "WHERE node.node_id = :id GROUP BY node.node_id";

    static Optional<NodeView> find(Handle handle, NodeId id) {
        return handle.createQuery(FIND).bind("id", id.value()).map((row, _) -> node(row)).findOne();
    }

    private static final String SET_DRAINING =
            "UPDATE node SET is_draining = :draining WHERE node_id = :id";

    static void setDraining(Handle handle, NodeId id, boolean isDraining) {
        handle.createUpdate(SET_DRAINING)
                .bind("id", id.value())
                .bind("draining", isDraining)
                .execute();
    }

    private static NodeView node(ResultSet row) throws SQLException {
        OffsetDateTime oldest = row.getObject("oldest_claim", OffsetDateTime.class);
        return new NodeView(
                new NodeId(row.getObject("node_id", UUID.class)),
                row.getString("host").split("/", 2)[0],
                row.getLong("pid"),
                row.getInt("slots"),
                instant(row, "started_at"),
                instant(row, "heartbeat_at"),
                row.getBoolean("is_draining"),
                row.getInt("running"),
                oldest == null ? null : oldest.toInstant());
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
