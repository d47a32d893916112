package dev.convergence.engine.recovery;

import dev.convergence.engine.id.NodeId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A node as an operator sees it.
///
/// @param host the machine, without what tells its boots apart
/// @param running how many jobs it holds
/// @param oldestClaim since when it holds the oldest of them; null when it holds none
public record NodeView(
        NodeId id,
        String host,
        long pid,
        int slots,
        Instant startedAt,
        Instant heartbeatAt,
        boolean isDraining,
        int running,
        @Nullable Instant oldestClaim) {

    /// Where a node stands in the list, newest first.
    public record Place(Instant startedAt, NodeId id) {}

    /// What a node is to others.
    public enum State {
        ALIVE,
        /// It takes nothing new, and goes on with what it holds.
        DRAINING,
        /// It takes nothing new, and holds nothing any more.
        DRAINED,
        /// Not heard of for a lease: its work is being rescued.
        SILENT
    }

    public State state(Instant now, Duration lease) {
        if (!heartbeatAt.isAfter(now.minus(lease))) {
            return State.SILENT;
        }
        if (!isDraining) {
            return State.ALIVE;
        }
        return running > 0 ? State.DRAINING : State.DRAINED;
    }
}
