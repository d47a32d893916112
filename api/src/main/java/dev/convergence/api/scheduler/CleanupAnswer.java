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
        Repaired repaired,
        String message,
        Instant executedAt) {

    public record Cleaned(String tenantId, String customerId, int pipelinesCleaned) {}

    /// Rows that belonged to nothing: tickets of ended jobs, permits and flights without a job that
    /// runs, lanes that counted wrong.
    public record Repaired(int tickets, int permits, int flights, int lanes) {}
}
