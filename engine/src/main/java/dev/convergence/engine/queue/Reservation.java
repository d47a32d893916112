package dev.convergence.engine.queue;

import dev.convergence.engine.id.NodeId;
import dev.convergence.engine.id.ReservationId;
import dev.convergence.engine.id.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A lane kept for one execution: while it is active, nothing else of its tenant starts.
///
/// @param reservedBy free text: who asked for it
/// @param endedAt null while it is active
/// @param node with which it ends; null when it outlives all nodes
public record Reservation(
        ReservationId id,
        TenantId tenant,
        String reservedBy,
        Status status,
        Instant reservedAt,
        Instant expiresAt,
        @Nullable Instant endedAt,
        @Nullable NodeId node) {

    /// What became of a reservation; an end is kept.
    public enum Status {
        ACTIVE,
        RELEASED,
        EXPIRED
    }

    public boolean isActive() {
        return status == Status.ACTIVE;
    }
}
