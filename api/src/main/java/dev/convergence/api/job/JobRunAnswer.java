package dev.convergence.api.job;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The record of a job's one execution.
///
/// @param status COMPLETED, FAILED or SKIPPED, written once; null while it runs
/// @param paramsSnapshot the job's parameters as they were when it was claimed
/// @param artifacts names under which what it made is fetched
/// @param logPath the path of its log
/// @param result numbers and names that its handler reported, such as model and token_usage
public record JobRunAnswer(
        String runId,
        String jobId,
        String tenantId,
        String customerId,
        String jobType,
        @Nullable String status,
        Map<String, Object> paramsSnapshot,
        @Nullable String templateId,
        @Nullable String groupId,
        @Nullable Integer sequenceNumber,
        @Nullable String retryOf,
        int retryAttempt,
        int attemptNo,
        Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Long durationMs,
        @Nullable Integer exitCode,
        @Nullable String error,
        @Nullable String errorCode,
        List<String> artifacts,
        String logPath,
        Map<String, Object> result,
        @Nullable String workerId) {}
