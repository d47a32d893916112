package dev.convergence.api.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer to a wish to run a pipeline now.
///
/// @param duplicate true when an identical run is under way; the ids are that one's
/// @param plan the steps that would run; only for a dry run, which has no ids
public record RunAcceptedAnswer(
        @Nullable String pipelineLoggingId,
        @Nullable String runId,
        @Nullable String originalPipelineLoggingId,
        String pipelineId,
        String tenantId,
        String customerId,
        String status,
        boolean duplicate,
        boolean dryRun,
        @Nullable List<PlannedStep> plan,
        String message) {

    public record PlannedStep(String stepId, int level) {}

    /// The same with other words, unless another request's run is answered.
    public RunAcceptedAnswer saying(String words) {
        return duplicate
                ? this
                : new RunAcceptedAnswer(
                        pipelineLoggingId,
                        runId,
                        originalPipelineLoggingId,
                        pipelineId,
                        tenantId,
                        customerId,
                        status,
                        false,
                        dryRun,
                        plan,
                        words);
    }
}
