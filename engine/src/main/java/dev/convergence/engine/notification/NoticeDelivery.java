package dev.convergence.engine.notification;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One message for one channel, and how far it has come.
///
/// @param channelName the channel's present one; null when it was deleted
/// @param rule null for tests, templates and configs
/// @param heldUntil until when the rule that would have sent it keeps silent
public record NoticeDelivery(
        UUID id,
        TenantId tenant,
        UUID channel,
        @Nullable ChannelType channelType,
        @Nullable String channelName,
        @Nullable UUID rule,
        String event,
        Severity severity,
        String subject,
        @Nullable JobId job,
        @Nullable String pipelineId,
        State state,
        int attempts,
        int attemptsMax,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant heldUntil,
        @Nullable Integer lastStatus,
        @Nullable String lastError,
        Instant createdAt,
        @Nullable Instant deliveredAt) {

    /// How it stands.
    public enum State {
        PENDING,
        DELIVERED,
        FAILED,
        /// A cool-down kept it back; it is never sent by itself.
        HELD,
        /// Its node died while it was handed over: it may have arrived, so it is not sent again by
        /// itself.
        UNCERTAIN
    }
}
