package dev.convergence.api.tenant;

import java.util.Map;

/// What went with a tenant.
public record TenantDeletedAnswer(
        String tenantId,
        String customerId,
        boolean deleted,
        Map<String, Long> deletedCounts,
        String message) {}
