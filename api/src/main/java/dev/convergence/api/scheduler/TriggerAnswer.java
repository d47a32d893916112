package dev.convergence.api.scheduler;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a trigger fired and skipped.
public record TriggerAnswer(
        long triggeredCount,
        long queuedCount,
        long skippedCount,
        Instant nextTriggerTime,
        Details details) {

    /// @param recordedCount instants written down that did not fire and whose turn it was not:
    ///   missed, or of a pause
    public record Details(
            @Nullable Integer limit, long duePipelinesFound, long recordedCount, List<Run> runs) {}

    public record Run(
            String runId,
            String configId,
            String tenantId,
            String customerId,
            String state,
            String outcome,
            Instant scheduledTime,
            @Nullable String errorMessage) {}
}
