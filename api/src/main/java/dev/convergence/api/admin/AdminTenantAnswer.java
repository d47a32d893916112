package dev.convergence.api.admin;

/// What a tenant has.
///
/// @param apiKeysCount how many keys can be used
/// @param totalPipelineRuns all attempts that are still in the history
public record AdminTenantAnswer(
        String tenantId,
        String customerId,
        int datasetsCreated,
        long apiKeysCount,
        long totalPipelineRuns) {}
