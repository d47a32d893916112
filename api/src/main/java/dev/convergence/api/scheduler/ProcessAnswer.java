package dev.convergence.api.scheduler;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What process-queue took out of the queue; status IDLE when there was nothing.
public record ProcessAnswer(
        boolean processed,
        String status,
        @Nullable String runId,
        @Nullable String pipelineLoggingId,
        @Nullable String pipelineId,
        @Nullable String tenantId,
        @Nullable String customerId,
        int processedCount,
        List<Item> items,
        String message) {

    public record Item(
            String runId,
            String pipelineLoggingId,
            @Nullable String pipelineId,
            String jobType,
            String tenantId,
            String customerId,
            String status) {}
}
