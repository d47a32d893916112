package dev.convergence.api.subscription;

/// How a tenant's pipelines stand now.
public record PipelineCountsAnswer(
        String tenantId,
        String customerId,
        long totalConfigured,
        long scheduledToday,
        long running,
        long completed,
        long yetToRun,
        long failed) {}
