package dev.convergence.api.tenant;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A tenant's profile.
public record TenantAnswer(
        String tenantId,
        String customerId,
        String companyName,
        String adminEmail,
        String subscriptionPlan,
        String status,
        boolean isActive,
        @Nullable String suspendedReason,
        Instant createdAt,
        Instant updatedAt) {}
