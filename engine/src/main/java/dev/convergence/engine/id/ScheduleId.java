package dev.convergence.engine.id;

import java.util.UUID;

/// The id of a schedule of a job template.
public record ScheduleId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
