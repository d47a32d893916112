package dev.convergence.service.http.node;

import dev.convergence.api.node.NodeAnswer;
import dev.convergence.engine.Rooms;
import dev.convergence.engine.recovery.NodeView;

/// Nodes' words on the wire.
public final class NodeWords {

    private NodeWords() {}

    public static NodeAnswer answer(NodeView node, Rooms engine) {
        return new NodeAnswer(
                node.id().toString(),
                engine.nodes().state(node, engine.clock().instant()).name(),
                node.host(),
                node.pid(),
                node.slots(),
                node.running(),
                node.oldestClaim(),
                node.isDraining(),
                node.id().equals(engine.membership().node()),
                node.startedAt(),
                node.heartbeatAt());
    }
}
