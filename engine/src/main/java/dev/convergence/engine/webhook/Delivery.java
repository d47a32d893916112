package dev.convergence.engine.webhook;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One event for one endpoint, and how far its telling has come.
///
/// @param url the endpoint's present one; null when it was deleted
/// @param nextAttemptAt when it is tried next; null when it is over
public record Delivery(
        UUID id,
        TenantId tenant,
        UUID endpoint,
        @Nullable String url,
        String event,
        @Nullable JobId job,
        @Nullable UUID group,
        State state,
        int attempts,
        int attemptsMax,
        @Nullable Instant nextAttemptAt,
        @Nullable Integer lastHttpStatus,
        @Nullable String lastError,
        Instant createdAt,
        @Nullable Instant deliveredAt) {

    /// How it stands.
    public enum State {
        PENDING,
        DELIVERED,
        FAILED
    }
}
