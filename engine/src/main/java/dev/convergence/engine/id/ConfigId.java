package dev.convergence.engine.id;

import java.util.UUID;

/// The id of a pipeline config: a tenant's template with parameters and a schedule.
public record ConfigId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
