package dev.convergence.api.job;

/// What came of a wish to cancel.
///
/// @param success whether it is cancelled, or was asked to stop
public record JobCancelledAnswer(
        String jobId, boolean success, String status, String state, String message) {}
