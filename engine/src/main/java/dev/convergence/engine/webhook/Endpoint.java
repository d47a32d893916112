package dev.convergence.engine.webhook;

import dev.convergence.engine.id.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where a tenant wants to be told; its secrets stay in the table.
///
/// @param disabledReason why we switched it off; null when it is on, or its tenant did it
/// @param failingSince since when no attempt has reached it; null when the last one did
/// @param oldSecretUntil until when the secret before the last rotation signs too
public record Endpoint(
        UUID id,
        TenantId tenant,
        String url,
        @Nullable String description,
        EventFilter events,
        int attemptsMax,
        boolean isEnabled,
        @Nullable String disabledReason,
        @Nullable Instant failingSince,
        @Nullable Instant oldSecretUntil,
        Instant createdAt,
        Instant updatedAt) {}
