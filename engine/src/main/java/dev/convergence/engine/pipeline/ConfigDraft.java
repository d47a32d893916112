package dev.convergence.engine.pipeline;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a caller wants a config to be; null leaves a field as it is, or at its default.
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
        @Nullable Instant nextRunTime) {}
