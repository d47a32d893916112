package dev.convergence.api.pipeline;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A pipeline config.
///
/// @param templateExists whether there is a template of that name now
/// @param state ACTIVE, PAUSED, FAILURES (too many runs failed in a row) or ENDED
/// @param nextRunTime when it runs next; null when it has ended
/// @param nextDueAt the due instant of that run: earlier when a window spreads
/// @param nextRunTimes the next five; what would come, while it is not active
/// @param firedRuns how many of its instants have fired
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
        String state,
        @Nullable String stateReason,
        @Nullable Instant nextRunTime,
        @Nullable Instant nextDueAt,
        List<Instant> nextRunTimes,
        @Nullable Instant lastRunTime,
        @Nullable String lastRunStatus,
        Map<String, Object> parameters,
        int priority,
        Map<String, Object> retryConfig,
        List<String> notificationEmails,
        SchedulePolicyAnswer schedulePolicy,
        int firedRuns,
        @JsonProperty("failures_in_a_row") int failuresInARow,
        Instant createdAt,
        Instant updatedAt) {}
