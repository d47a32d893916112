package dev.convergence.api.scheduler;

/// The scheduler at a glance.
public record StatusAnswer(
        long totalActivePipelines,
        long pipelinesDueNow,
        long pipelinesQueued,
        long pipelinesRunning,
        long pipelinesCompletedToday,
        long pipelinesFailedToday,
        long queueLength,
        double avgExecutionTimeSeconds) {}
