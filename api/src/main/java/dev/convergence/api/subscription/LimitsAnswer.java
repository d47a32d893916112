package dev.convergence.api.subscription;

/// Limits, what is used of them, and what is left.
public record LimitsAnswer(
        String tenantId,
        String customerId,
        String subscriptionPlan,
        LimitsBody limits,
        Use currentUsage,
        Use available) {

    public record Use(
            int providers, int pipelinesToday, int pipelinesMonth, int concurrentRunning) {}
}
