package dev.convergence.engine.tenant;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.subscription.Plan;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An organisation that has its own keys, limits, credentials, pipelines and data set.
public record Tenant(
        TenantId id,
        String companyName,
        String adminEmail,
        Plan plan,
        TenantStatus status,
        @Nullable String suspendedReason,
        Instant createdAt,
        Instant updatedAt) {}
