package dev.convergence.engine.recovery;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.NodeId;
import dev.convergence.engine.sql.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The nodes of the installation, for whoever runs it.
///
/// A drained node stays there and claims nothing; a claim that was under way when it was told may
/// still come, and shows in what it holds. A node that starts again is another one.
public final class Nodes {

    private final Database database;
    private final Duration lease;

    public Nodes(Database database, Duration lease) {
        this.database = database;
        this.lease = lease;
    }

    /// Newest first.
    ///
    /// @param before the place of the last one of the page before
    public List<NodeView> list(NodeView.@Nullable Place before, int limit) {
        return database.read(handle -> NodeViewStore.list(handle, before, limit));
    }

    /// @throws EngineException RESOURCE_NOT_FOUND
    public NodeView find(NodeId node) {
        return database.read(handle -> NodeViewStore.find(handle, node))
                .orElseThrow(() ->
                        EngineException.notFound(
                                "There is no node "
                                        + node
                                        + ": it has stopped, or was taken for dead."));
    }

    /// Tells a node to take nothing new, or to take work again.
    ///
    /// @throws EngineException RESOURCE_NOT_FOUND
    public NodeView setDraining(NodeId node, boolean isDraining) {
        database.transact(handle -> NodeViewStore.setDraining(handle, node, isDraining));
        return find(node);
    }

    public NodeView.State state(NodeView node, Instant now) {
        return node.state(now, lease);
    }
}
