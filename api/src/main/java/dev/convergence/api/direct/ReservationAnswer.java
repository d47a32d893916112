package dev.convergence.api.direct;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A queue kept for one execution.
///
/// @param status ACTIVE, RELEASED or EXPIRED
/// @param endedAt null while it is active
public record ReservationAnswer(
        String reservationId,
        String tenantId,
        String customerId,
        String reservedBy,
        String status,
        Instant reservedAt,
        Instant expiresAt,
        @Nullable Instant endedAt) {}
