package dev.convergence.engine.tenant;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// What decides whether a tenant's key opens anything today.
public record TenantStanding(
        TenantStatus tenantStatus,
        SubscriptionStatus subscriptionStatus,
        @Nullable LocalDate trialEnd,
        @Nullable LocalDate subscriptionEnd) {}
