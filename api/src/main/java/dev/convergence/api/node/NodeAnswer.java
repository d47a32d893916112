package dev.convergence.api.node;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One start of one process of the engine.
///
/// @param state ALIVE, DRAINING (takes nothing new), DRAINED (and holds nothing any more) or SILENT
///   (not heard of for a lease)
/// @param slots how many jobs it runs at once
/// @param running how many it holds now
/// @param oldestClaimAt since when it holds the oldest of them
/// @param isAnswering whether it is the one that answers this request
public record NodeAnswer(
        String nodeId,
        String state,
        String host,
        long pid,
        int slots,
        int running,
        @Nullable Instant oldestClaimAt,
        boolean isDraining,
        boolean isAnswering,
        Instant startedAt,
        Instant heartbeatAt) {}
