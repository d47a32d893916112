package dev.convergence.api.subscription;

/// Limits under both of their names.
public record LimitsBody(
        int maxTeamMembers,
        int maxProviders,
        int maxPipelinesPerDay,
        int maxPipelinesPerMonth,
        int maxConcurrentPipelines,
        int dailyLimit,
        int monthlyLimit,
        int concurrentLimit) {}
