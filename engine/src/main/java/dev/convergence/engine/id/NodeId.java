package dev.convergence.engine.id;

import java.util.UUID;

/// The id of one start of one process of the engine; a restart is another node.
public record NodeId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
