package dev.convergence.api.notification;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A tenant's notifications in one document. It takes the place of the one before: what is left out
/// is gone. Channels and rules that were made by other names stay.
///
/// @param enabled false: its channels and rules are there and off; left out: true
/// @param eventTriggers which events go to its channels; left out: `pipeline_failure`
public record SettingsRequest(
        @Nullable Boolean enabled,
        @Nullable Email email,
        @Nullable Slack slack,
        @Nullable Log log,
        @Nullable List<@Nullable Trigger> eventTriggers) {

    /// The channel `email`.
    public record Email(
            @Nullable Boolean enabled,
            @Nullable List<@Nullable String> toEmails,
            @Nullable List<@Nullable String> ccEmails,
            @Nullable String subjectPrefix) {}

    /// The channel `slack`.
    ///
    /// @param webhookUrl left out: the one that is known
    public record Slack(
            @Nullable Boolean enabled,
            @Nullable String webhookUrl,
            @Nullable String channel,
            @Nullable String username,
            @Nullable String iconEmoji,
            @Nullable List<@Nullable String> mentionUsers,
            @Nullable Boolean mentionChannel) {

        @Override
        public String toString() {
            return "Slack[***]";
        }
    }

    /// The channel `log`.
    public record Log(@Nullable Boolean enabled) {}

    /// The rule named like its event.
    public record Trigger(
            @Nullable String event,
            @Nullable Boolean enabled,
            @Nullable String severity,
            @Nullable List<@Nullable String> providers,
            @Nullable Integer cooldownSeconds) {}
}
