package dev.convergence.api.notification;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A channel, without what is secret of it.
///
/// @param url its host, the rest masked
/// @param direct whether it is the one for addresses that configs and templates name
public record ChannelAnswer(
        UUID channelId,
        String tenantId,
        String customerId,
        String type,
        String name,
        boolean enabled,
        boolean direct,
        int maxAttempts,
        @Nullable List<String> toEmails,
        @Nullable List<String> ccEmails,
        @Nullable String subjectPrefix,
        @Nullable String url,
        @Nullable String channel,
        @Nullable String username,
        @Nullable String iconEmoji,
        @Nullable List<String> mentionUsers,
        @Nullable Boolean mentionChannel,
        Instant createdAt,
        Instant updatedAt) {

    /// A channel that was just made.
    ///
    /// @param secret of a WEBHOOK, shown this once
    public record WithSecret(@JsonUnwrapped ChannelAnswer made, @Nullable String secret) {

        @Override
        public String toString() {
            return "WithSecret[" + made.channelId() + ", secret=***]";
        }
    }
}
