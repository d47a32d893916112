package dev.convergence.engine.webhook;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One try to tell, and what came back.
///
/// @param httpStatus null when nothing answered
/// @param error null when it was delivered
/// @param response the beginning of what was answered
public record DeliveryAttempt(
        int number,
        Instant startedAt,
        Duration duration,
        @Nullable Integer httpStatus,
        @Nullable String error,
        @Nullable String response) {}
