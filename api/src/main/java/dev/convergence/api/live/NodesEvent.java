package dev.convergence.api.live;

import dev.convergence.api.node.NodeAnswer;
import java.util.List;

/// All nodes as they stand, the newest first; none that the client knows besides is there any more.
public record NodesEvent(List<NodeAnswer> nodes) {}
