package dev.convergence.api.admin;

/// What a tenant has.
///
/// @param datasetsCreated 1, or 0 when its data set is not there
/// @param apiKeysCount how many keys are not revoked; some of them may have expired
/// @param totalPipelineRuns all attempts that are still in the history
public record AdminTenantAnswer(
        String tenantId,
        String customerId,
        int datasetsCreated,
        long apiKeysCount,
        long totalPipelineRuns) {}
