package dev.convergence.engine.webhook;

import dev.convergence.engine.id.JobId;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A run that has ended, with what is told of it.
///
/// @param state COMPLETED, FAILED, SKIPPED or CANCELLED
/// @param params what its job was asked to do
/// @param startedAt null when it ended before it began
/// @param errorCode what kind of failure it was; null where nobody said
/// @param willRetry whether another attempt follows by itself
/// @param config the config that it belongs to; null for manual runs and other jobs
public record RunFact(
        JobId job,
        String jobType,
        boolean isPipeline,
        String state,
        Map<String, Object> params,
        int attempt,
        @Nullable JobId retryOf,
        @Nullable String group,
        @Nullable Integer sequenceNumber,
        @Nullable Instant startedAt,
        Instant finishedAt,
        @Nullable String error,
        @Nullable String errorCode,
        @Nullable Integer exitCode,
        Map<String, Object> artifacts,
        boolean willRetry,
        @Nullable String pipelineId,
        @Nullable UUID config) {

    /// A job that was cancelled while it waited has no run of which one could tell. A pipeline's
    /// run is there from the beginning.
    public boolean isTold() {
        return isPipeline || !state.equals("CANCELLED") || startedAt != null;
    }

    /// Of the three that a job's run may have; for pipelines the state as it is.
    public String status() {
        return isPipeline || !state.equals("CANCELLED") ? state : "FAILED";
    }
}
