package dev.convergence.service.http.pipeline;

import dev.convergence.engine.error.EngineException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The states that a list of runs can be filtered by.
public final class RunStates {

    private static final List<String> STATES =
            List.of(
                    "SCHEDULED",
                    "PENDING",
                    "RUNNING",
                    "COMPLETED",
                    "FAILED",
                    "SKIPPED",
                    "CANCELLED");

    private RunStates() {}

    /// @param field the name under which the caller gave it. Any case is fine; another word is a
    ///   mistake that an empty list would hide.
    public static @Nullable String checked(String field, @Nullable String state) {
        if (state == null || state.isBlank()) {
            return null;
        }
        String upper = state.toUpperCase(Locale.ROOT);
        if (!STATES.contains(upper)) {
            throw EngineException.invalidField(
                    field, "UNKNOWN_VALUE", "is one of " + String.join(", ", STATES) + ".");
        }
        return upper;
    }
}
