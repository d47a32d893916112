package dev.convergence.engine.pipeline;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a caller wants a config to be; null leaves a field as it is, or at its default.
///
/// @param schedulePolicy settings by name; null among them takes one back to its default
/// @param runMissed whether a config that is switched on runs what its policy says of the instants
///   that passed meanwhile; else it never fires at once
public record ConfigDraft(
        @Nullable String provider,
        @Nullable String domain,
        @Nullable String templateName,
        @Nullable String pipelineName,
        @Nullable String description,
        @Nullable String cron,
        @Nullable String timezone,
        @Nullable Boolean isActive,
        @Nullable Map<String, Object> parameters,
        @Nullable Integer priority,
        @Nullable Map<String, Object> retry,
        @Nullable List<String> notificationEmails,
        @Nullable Instant nextRunTime,
        @Nullable Map<String, @Nullable Object> schedulePolicy,
        @Nullable Boolean runMissed) {

    /// With the schedule's policy as it is.
    public ConfigDraft(
            @Nullable String provider,
            @Nullable String domain,
            @Nullable String templateName,
            @Nullable String pipelineName,
            @Nullable String description,
            @Nullable String cron,
            @Nullable String timezone,
            @Nullable Boolean isActive,
            @Nullable Map<String, Object> parameters,
            @Nullable Integer priority,
            @Nullable Map<String, Object> retry,
            @Nullable List<String> notificationEmails,
            @Nullable Instant nextRunTime) {
        this(
                provider,
                domain,
                templateName,
                pipelineName,
                description,
                cron,
                timezone,
                isActive,
                parameters,
                priority,
                retry,
                notificationEmails,
                nextRunTime,
                null,
                null);
    }
}
