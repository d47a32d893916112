package dev.convergence.api.webhook;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One event for one endpoint, and how far its telling has come.
///
/// @param url the endpoint's present one; null when it was deleted
/// @param runId the run it tells of; null when it tells of something else
/// @param state PENDING, DELIVERED or FAILED
/// @param nextAttemptAt when it is tried next; null when it is over
public record DeliveryAnswer(
        UUID deliveryId,
        UUID endpointId,
        String tenantId,
        String customerId,
        @Nullable String url,
        String event,
        @Nullable String runId,
        @Nullable String jobId,
        @Nullable UUID groupId,
        String state,
        int attemptCount,
        int maxAttempts,
        @Nullable Instant nextAttemptAt,
        @Nullable Integer lastHttpStatus,
        @Nullable String lastError,
        Instant createdAt,
        @Nullable Instant deliveredAt) {

    /// A delivery with what is sent and with what came back.
    ///
    /// @param payload the body, as every attempt sends it
    public record Detail(
            @JsonUnwrapped DeliveryAnswer delivery,
            Map<String, Object> payload,
            List<Attempt> attempts) {}

    /// One try.
    ///
    /// @param httpStatus null when nothing answered
    /// @param error null when it was delivered
    /// @param response the beginning of what was answered
    public record Attempt(
            int attemptNo,
            Instant startedAt,
            long durationMs,
            @Nullable Integer httpStatus,
            @Nullable String error,
            @Nullable String response) {}
}
