package dev.convergence.engine.tenant;

import dev.convergence.engine.subscription.SubscriptionStatus;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// What decides whether a tenant that proved who it is may act.
public record TenantStanding(
        TenantStatus tenantStatus,
        SubscriptionStatus subscriptionStatus,
        @Nullable LocalDate trialEnd,
        @Nullable LocalDate subscriptionEnd) {}
