package dev.convergence.service.http.live;

import dev.convergence.api.live.NodeGoneEvent;
import dev.convergence.api.live.NodesEvent;
import dev.convergence.api.node.NodeAnswer;
import dev.convergence.engine.Rooms;
import dev.convergence.service.http.node.NodeWords;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The nodes of the installation: all of them to whoever comes, then each as it changes.
///
/// Whoever comes back gets all of them, too: nodes are few, and that replaces what was missed. An
/// event's id is a time.
final class NodesFeed extends Feed {

    private static final int NODES_MAX = 200;

    private final Rooms engine;
    private Map<String, NodeAnswer> seen = Map.of();

    NodesFeed(Rooms engine) {
        super("the installation");
        this.engine = engine;
    }

    void look(Instant now) {
        Map<String, NodeAnswer> found = new LinkedHashMap<>();
        engine.nodes()
                .list(null, NODES_MAX)
                .forEach(node -> found.put(node.id().toString(), NodeWords.answer(node, engine)));
        Map<String, NodeAnswer> before = seen;
        seen = found;
        for (Watcher watcher : watchers()) {
            watcher.position = now.toEpochMilli();
            tell(watcher, before);
        }
    }

    private void tell(Watcher watcher, Map<String, NodeAnswer> before) {
        if (watcher.isFresh) {
            watcher.isFresh = false;
            watcher.send("nodes", new NodesEvent(List.copyOf(seen.values())));
            return;
        }
        seen.values().stream()
                .filter(node -> !node.equals(before.get(node.nodeId())))
                .forEach(node -> watcher.send("node", node));
        before.keySet().stream()
                .filter(node -> !seen.containsKey(node))
                .forEach(node -> watcher.send("gone", new NodeGoneEvent(node)));
    }
}
