package dev.convergence.api.notification;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A channel to make, or what to change of one; what is left out stays.
///
/// @param type EMAIL, SLACK, WEBHOOK or LOG
/// @param enabled left out: true
/// @param maxAttempts 1 to 10; left out: 3
/// @param toEmails of EMAIL
/// @param subjectPrefix of EMAIL; left out: `[Convergence]`
/// @param url of SLACK and WEBHOOK; never shown again
/// @param secret of WEBHOOK: `whsec_` and 24 to 64 bytes in base64; left out: the server makes one
/// @param mentionUsers of SLACK: ids of members, mentioned when something is CRITICAL
public record ChannelRequest(
        @Nullable String type,
        @Nullable String name,
        @Nullable Boolean enabled,
        @Nullable Integer maxAttempts,
        @Nullable List<@Nullable String> toEmails,
        @Nullable List<@Nullable String> ccEmails,
        @Nullable String subjectPrefix,
        @JsonAlias("webhook_url") @Nullable String url,
        @Nullable String secret,
        @Nullable String channel,
        @Nullable String username,
        @Nullable String iconEmoji,
        @Nullable List<@Nullable String> mentionUsers,
        @Nullable Boolean mentionChannel) {

    @Override
    public String toString() {
        return "ChannelRequest[type=" + type + ", name=" + name + ", ***]";
    }
}
