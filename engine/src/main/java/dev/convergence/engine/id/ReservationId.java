package dev.convergence.engine.id;

import java.util.UUID;

/// The id of a reservation of a lane.
public record ReservationId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
