package dev.convergence.api.deadletter;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A job that is not tried again until somebody says so.
///
/// @param jobId its last attempt
/// @param pipelineLoggingId the other id of the same
/// @param redrivenAs the job that was made of it; null as long as nobody did
public record DeadLetterAnswer(
        String jobId,
        String pipelineLoggingId,
        String tenantId,
        String customerId,
        String reason,
        Instant diedAt,
        @Nullable String redrivenAs) {}
