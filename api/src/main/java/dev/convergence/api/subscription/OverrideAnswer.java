package dev.convergence.api.subscription;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Limits that hold, or held, for a time.
///
/// @param dailyLimit null where the subscription's own holds; so for the others
/// @param isActive whether they hold now
/// @param endedBy who took them back or replaced them; `expiry` when their time was up
public record OverrideAnswer(
        String overrideId,
        String tenantId,
        String customerId,
        @Nullable Integer dailyLimit,
        @Nullable Integer monthlyLimit,
        @Nullable Integer concurrentLimit,
        String reason,
        String createdBy,
        Instant createdAt,
        Instant expiresAt,
        boolean isActive,
        @Nullable Instant endedAt,
        @Nullable String endedBy) {}
