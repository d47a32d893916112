package dev.convergence.api.notification;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One message for one channel, and how far it has come.
///
/// @param channelName the channel's present one; null when it was deleted
/// @param state PENDING, DELIVERED, FAILED, HELD by a cool-down, or UNCERTAIN: it may have arrived
/// @param heldUntil until when the cool-down lasts that held it
public record NotificationAnswer(
        UUID deliveryId,
        String tenantId,
        String customerId,
        UUID channelId,
        @Nullable String channelType,
        @Nullable String channelName,
        @Nullable UUID ruleId,
        String event,
        String severity,
        String subject,
        @Nullable String runId,
        @Nullable String jobId,
        @Nullable String pipelineId,
        String state,
        int attemptCount,
        int maxAttempts,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant heldUntil,
        @Nullable Integer lastStatus,
        @Nullable String lastError,
        Instant createdAt,
        @Nullable Instant deliveredAt) {

    /// A message with what is sent and with what came back.
    ///
    /// @param payload a mail's texts and addresses, or the body of a POST
    public record Detail(
            @JsonUnwrapped NotificationAnswer delivery,
            Map<String, Object> payload,
            List<Attempt> attempts) {}

    /// One try.
    ///
    /// @param status of HTTP or SMTP; null when nothing answered
    /// @param error null when it was delivered
    public record Attempt(
            int attemptNo,
            Instant startedAt,
            long durationMs,
            @Nullable Integer status,
            @Nullable String error,
            @Nullable String response) {}

    /// What was sent for a test.
    public record Tests(String tenantId, String customerId, List<NotificationAnswer> deliveries) {}
}
