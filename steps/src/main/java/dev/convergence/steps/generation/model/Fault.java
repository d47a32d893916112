package dev.convergence.steps.generation.model;

import org.jspecify.annotations.Nullable;

/// Why there is no text.
public enum Fault {
    INVALID_PARAMETER(1),
    INTEGRATION_NOT_CONFIGURED(1),
    SERVICE_UNAVAILABLE(2),
    MODEL_NOT_FOUND(3),
    MODEL_TIMEOUT(4),
    RATE_LIMIT_EXCEEDED(null),
    EXTERNAL_API_ERROR(null),
    ANSWER_REFUSED(null),
    EMPTY_ANSWER(null),
    UNPARSEABLE_ANSWER(null);

    private final @Nullable Integer exitCode;

    Fault(@Nullable Integer exitCode) {
        this.exitCode = exitCode;
    }

    /// What a program of its own would have exited with; null where there is no such number.
    public @Nullable Integer exitCode() {
        return exitCode;
    }
}
