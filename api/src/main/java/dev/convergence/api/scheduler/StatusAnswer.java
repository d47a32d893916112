package dev.convergence.api.scheduler;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The scheduler at a glance.
///
/// @param queue the tenant's own queue; for the operator there is none
public record StatusAnswer(
        long totalActivePipelines,
        long pipelinesDueNow,
        long pipelinesQueued,
        long pipelinesRunning,
        long pipelinesCompletedToday,
        long pipelinesFailedToday,
        long queueLength,
        double avgExecutionTimeSeconds,
        @JsonUnwrapped @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Queue queue) {

    /// What a tenant's queue does.
    ///
    /// @param schedulerRunning whether it starts jobs
    /// @param state RUNNING, STOPPING or STOPPED
    /// @param currentJobId the first of those that run
    public record Queue(
            boolean schedulerRunning,
            String state,
            @Nullable String currentJobId,
            List<String> runningJobIds,
            Stats cumulativeStats) {}

    /// @param totalExecuted the sum of the next two and of `skipped`
    /// @param skipped by their handler or by their group
    /// @param cancelled by a person
    public record Stats(
            long totalExecuted, long succeeded, long failed, long cancelled, long skipped) {}
}
