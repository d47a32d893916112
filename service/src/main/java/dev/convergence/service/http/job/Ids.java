package dev.convergence.service.http.job;

import dev.convergence.engine.error.EngineException;
import java.util.UUID;

/// Ids in bodies and queries.
final class Ids {

    private Ids() {}

    static UUID uuid(String field, String text) {
        try {
            return UUID.fromString(text.strip());
        } catch (IllegalArgumentException wrong) {
            throw EngineException.invalidField(field, "INVALID_ID", "is a UUID.");
        }
    }
}
