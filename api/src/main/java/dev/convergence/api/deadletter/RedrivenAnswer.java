package dev.convergence.api.deadletter;

/// The job that was made of a dead letter; it waits for its turn.
///
/// @param pipelineLoggingId the other id of the same
/// @param redriveOf the job that was given up
public record RedrivenAnswer(
        String jobId,
        String pipelineLoggingId,
        String redriveOf,
        String tenantId,
        String customerId) {}
