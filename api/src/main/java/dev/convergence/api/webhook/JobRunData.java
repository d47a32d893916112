package dev.convergence.api.webhook;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a webhook tells of the run of a job that is no pipeline.
///
/// @param status COMPLETED, FAILED or SKIPPED
/// @param error null unless FAILED or SKIPPED
/// @param artifacts their names
public record JobRunData(
        String runId,
        String jobId,
        String tenantId,
        String customerId,
        String jobType,
        String status,
        @Nullable Instant startedAt,
        Instant finishedAt,
        @Nullable Integer exitCode,
        @Nullable String error,
        List<String> artifacts,
        Map<String, Object> paramsSnapshot,
        @Nullable String templateId,
        @Nullable String groupId,
        @Nullable Integer sequenceNumber,
        @Nullable String retryOf,
        int retryAttempt,
        int attemptNo,
        boolean willRetry,
        @Nullable String logPath) {}
