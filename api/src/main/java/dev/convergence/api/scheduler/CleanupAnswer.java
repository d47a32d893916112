package dev.convergence.api.scheduler;

import java.time.Instant;
import java.util.List;

/// Which runs the orphan clean-up ended.
public record CleanupAnswer(
        String status,
        int totalPipelinesCleaned,
        long tenantsProcessed,
        int tenantsWithCleanup,
        List<Cleaned> details,
        String message,
        Instant executedAt) {

    public record Cleaned(String tenantId, String customerId, int pipelinesCleaned) {}
}
