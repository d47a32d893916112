package dev.convergence.api.pipeline;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A pipeline run.
///
/// @param runId the id of the scheduled run, which is its job's; every route takes either id
/// @param pipelineLoggingId the id of the record of its execution
/// @param state SCHEDULED, PENDING, RUNNING, COMPLETED, FAILED, SKIPPED or CANCELLED; `status` is
///   the same
/// @param scheduledTime the instant at which its config was due; null for manual runs
/// @param effectiveTime when that instant was to fire: later when a window spreads
/// @param nextAttemptAt when a waiting retry may start
public record RunAnswer(
        String runId,
        String jobId,
        String pipelineLoggingId,
        String tenantId,
        String customerId,
        String pipelineId,
        @Nullable String configId,
        String provider,
        String domain,
        String templateName,
        String pipelineTemplate,
        String state,
        String status,
        String triggerType,
        String triggeredBy,
        @Nullable String triggerBy,
        @Nullable String userId,
        @Nullable Instant scheduledTime,
        @Nullable Instant effectiveTime,
        int priority,
        int retryAttempt,
        int retryCount,
        int attemptNo,
        int maxRetries,
        @Nullable String retryOf,
        @Nullable Instant nextAttemptAt,
        Instant createdAt,
        @Nullable Instant startTime,
        @Nullable Instant startedAt,
        @Nullable Instant endTime,
        @Nullable Instant completedAt,
        @Nullable Long durationMs,
        @Nullable String runDate,
        Map<String, Object> parameters,
        @Nullable String errorMessage,
        @Nullable String errorCode,
        @Nullable Integer exitCode,
        List<String> artifacts,
        @Nullable Long rowsRead,
        @Nullable Long rowsWritten,
        @Nullable String workerId,
        Instant updatedAt) {}
