package dev.convergence.engine.id;

import java.util.UUID;

/// The id of a job template.
public record TemplateId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
