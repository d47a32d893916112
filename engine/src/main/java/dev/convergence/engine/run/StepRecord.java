package dev.convergence.engine.run;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What became of one step of a run.
public record StepRecord(
        String stepId,
        String stepType,
        int index,
        String state,
        Instant startedAt,
        @Nullable Instant finishedAt,
        long rowsRead,
        long rowsWritten,
        long bytesRead,
        @Nullable String error,
        Map<String, Object> metadata) {}
