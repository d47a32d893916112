package dev.convergence.api.pipeline;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One step of a run.
public record StepAnswer(
        String stepId,
        String stepName,
        String stepType,
        int stepIndex,
        String status,
        String state,
        Instant startTime,
        @Nullable Instant endTime,
        @Nullable Long durationMs,
        long rowsProcessed,
        long rowsRead,
        long rowsWritten,
        long bytesProcessed,
        @Nullable String errorMessage,
        Map<String, Object> metadata) {}
