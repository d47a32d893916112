package dev.convergence.api.pipeline;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What a pipeline config would be, and what each of its runs would do; nothing of it is kept.
///
/// @param nextRunTimes the next five; what would come, when it would not be active
/// @param parameters those that were given
/// @param plan the steps of a run, in their order
public record ConfigPlanAnswer(
        boolean dryRun,
        String tenantId,
        String customerId,
        String provider,
        String domain,
        String pipelineTemplate,
        String pipelineName,
        String scheduleCron,
        String timezone,
        boolean isActive,
        List<Instant> nextRunTimes,
        Map<String, Object> parameters,
        int priority,
        List<RunAcceptedAnswer.PlannedStep> plan,
        String message) {}
