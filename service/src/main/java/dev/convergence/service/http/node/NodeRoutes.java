package dev.convergence.service.http.node;

import dev.convergence.api.node.NodeAnswer;
import dev.convergence.engine.Rooms;
import dev.convergence.engine.id.NodeId;
import dev.convergence.engine.recovery.NodeView;
import dev.convergence.engine.recovery.Nodes;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Cursor;
import dev.convergence.service.http.Page;
import dev.convergence.service.http.Who;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The installation's nodes: which there are, what they hold, and which of them take nothing new.
@RestController
public final class NodeRoutes {

    private static final String LIST = "nodes";
    private static final String ONE = "/api/v1/scheduler/nodes/{node_id}";

    private final Rooms engine;
    private final Nodes nodes;

    public NodeRoutes(Rooms engine) {
        this.engine = engine;
        nodes = engine.nodes();
    }

    @Access(Who.OPERATOR)
    @GetMapping("/api/v1/scheduler/nodes")
    public Page<NodeAnswer> list(
            @RequestParam(name = "limit", required = false) @Nullable String limitText,
            @RequestParam(name = "cursor", required = false) @Nullable String cursorText) {
        int limit = Page.limit(limitText);
        Cursor cursor = Cursor.decode(cursorText, LIST, 2);
        NodeView.Place before =
                cursor == null
                        ? null
                        : new NodeView.Place(cursor.instant(0), new NodeId(cursor.uuid(1)));
        List<NodeAnswer> found = nodes.list(before, limit + 1).stream().map(this::answer).toList();
        return Page.of(
                LIST, found, limit, last -> Cursor.encode(LIST, last.startedAt(), last.nodeId()));
    }

    @Access(Who.OPERATOR)
    @GetMapping(ONE)
    public NodeAnswer find(@PathVariable("node_id") UUID nodeId) {
        return answer(nodes.find(new NodeId(nodeId)));
    }

    @Access(Who.OPERATOR)
    @PostMapping(ONE + "/drain")
    public NodeAnswer drain(@PathVariable("node_id") UUID nodeId) {
        return answer(nodes.setDraining(new NodeId(nodeId), true));
    }

    @Access(Who.OPERATOR)
    @PostMapping(ONE + "/resume")
    public NodeAnswer resume(@PathVariable("node_id") UUID nodeId) {
        return answer(nodes.setDraining(new NodeId(nodeId), false));
    }

    private NodeAnswer answer(NodeView node) {
        return NodeWords.answer(node, engine);
    }
}
