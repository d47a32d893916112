package dev.convergence.api.job;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A job.
///
/// @param status QUEUED, RUNNING or CANCELLED; a job that has ended stays RUNNING, with
///   `finished_at`
/// @param state QUEUED, RUNNING, COMPLETED, FAILED, SKIPPED or CANCELLED
/// @param position its number in its priority level
/// @param queueRank its place in the whole queue, from 1; null when it does not wait, waits for its
///   time, or is behind ten thousand others
/// @param kind QUEUE or DIRECT
/// @param retryKind AUTO or MANUAL; null for an original
/// @param notBefore when a waiting retry may start
/// @param resource the pool it holds while it runs
/// @param runId the record of its execution; null while it has none
public record JobAnswer(
        String jobId,
        String tenantId,
        String customerId,
        String jobType,
        Map<String, Object> params,
        String status,
        String state,
        int priority,
        @Nullable Long position,
        @Nullable Integer queueRank,
        String kind,
        @Nullable String templateId,
        @Nullable String scheduleId,
        @Nullable String groupId,
        @Nullable Integer sequenceNumber,
        @Nullable String retryOf,
        String rootJobId,
        @Nullable String retryKind,
        int retryAttempt,
        int attemptNo,
        int maxRetries,
        @Nullable Instant notBefore,
        @Nullable String resource,
        @Nullable String runId,
        @Nullable String error,
        @Nullable String createdBy,
        Instant createdAt,
        Instant queuedAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Instant cancelRequestedAt) {}
