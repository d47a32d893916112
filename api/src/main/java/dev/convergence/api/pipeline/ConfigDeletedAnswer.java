package dev.convergence.api.pipeline;

/// A config was taken out of the schedule; its history stays.
public record ConfigDeletedAnswer(
        String configId, String tenantId, String customerId, int cancelledRuns, String message) {}
