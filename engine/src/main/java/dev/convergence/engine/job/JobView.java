package dev.convergence.engine.job;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A job as somebody sees it who asks now.
///
/// @param status QUEUED, RUNNING or CANCELLED; one that has ended stays RUNNING, with a time
/// @param state QUEUED, RUNNING, COMPLETED, FAILED, SKIPPED or CANCELLED
/// @param hasRun whether it was ever executed, or skipped by its group
/// @param position in its priority level: 100, 200, …
/// @param rank its place in the whole queue, from 1; null when it does not wait, or far behind
/// @param notBefore when a waiting retry may start
public record JobView(
        JobId id,
        TenantId tenant,
        String type,
        Map<String, Object> params,
        String status,
        String state,
        boolean hasRun,
        int priority,
        @Nullable Long position,
        @Nullable Integer rank,
        int attempt,
        int retriesMax,
        @Nullable JobId retryOf,
        JobId root,
        Ties ties,
        @Nullable String pool,
        @Nullable String triggerBy,
        @Nullable String userId,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Instant notBefore,
        @Nullable Instant cancelRequestedAt,
        @Nullable String error) {

    public boolean isQueued() {
        return state.equals("QUEUED");
    }

    JobView rank(@Nullable Integer value) {
        return with(status, state, hasRun, value, startedAt, finishedAt, error);
    }

    /// As it was when it was put in, for the answer to whoever did so: a worker may have been
    /// faster than the answer.
    public JobView asCreated() {
        return isQueued() ? this : with("QUEUED", "QUEUED", false, 1, null, null, null);
    }

    private JobView with(
            String newStatus,
            String newState,
            boolean newHasRun,
            @Nullable Integer newRank,
            @Nullable Instant newStartedAt,
            @Nullable Instant newFinishedAt,
            @Nullable String newError) {
        return new JobView(
                id,
                tenant,
                type,
                params,
                newStatus,
                newState,
                newHasRun,
                priority,
                position,
                newRank,
                attempt,
                retriesMax,
                retryOf,
                root,
                ties,
                pool,
                triggerBy,
                userId,
                createdAt,
                newStartedAt,
                newFinishedAt,
                notBefore,
                cancelRequestedAt,
                newError);
    }
}
