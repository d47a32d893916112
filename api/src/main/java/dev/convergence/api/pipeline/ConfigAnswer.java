package dev.convergence.api.pipeline;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A pipeline config.
///
/// @param templateExists whether there is a template of that name now
public record ConfigAnswer(
        String configId,
        String tenantId,
        String customerId,
        String provider,
        String domain,
        String pipelineTemplate,
        String templateName,
        boolean templateExists,
        String pipelineName,
        @Nullable String description,
        String scheduleCron,
        String schedule,
        String timezone,
        boolean isActive,
        Instant nextRunTime,
        @Nullable Instant lastRunTime,
        @Nullable String lastRunStatus,
        Map<String, Object> parameters,
        int priority,
        Map<String, Object> retryConfig,
        List<String> notificationEmails,
        Instant createdAt,
        Instant updatedAt) {}
