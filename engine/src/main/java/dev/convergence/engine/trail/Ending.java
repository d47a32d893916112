package dev.convergence.engine.trail;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How a write ended.
///
/// @param tenant where it is known only now
/// @param before JSON, secrets masked; null when there was nothing
/// @param after JSON, secrets masked; null when nothing was answered
public record Ending(
        UUID id,
        @Nullable String tenant,
        @Nullable String resourceId,
        Outcome outcome,
        int status,
        @Nullable String errorCode,
        @Nullable String before,
        @Nullable String after,
        Instant at) {

    /// What became of it.
    public enum Outcome {
        DONE,
        REFUSED,
        FAILED,
        /// The answer of an earlier request with the same Idempotency-Key; nothing was done.
        REPLAYED
    }
}
