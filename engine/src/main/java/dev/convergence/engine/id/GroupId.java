package dev.convergence.engine.id;

import java.util.UUID;

/// The id of a group of jobs.
public record GroupId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
