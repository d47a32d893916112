package dev.convergence.api.subscription;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A tenant's plan and the limits that hold now.
public record SubscriptionAnswer(
        UUID subscriptionId,
        String tenantId,
        String customerId,
        String planName,
        String subscriptionPlan,
        String status,
        boolean isActive,
        LimitsBody limits,
        TrialInfo trialInfo,
        Billing billing,
        Instant createdAt,
        Instant updatedAt) {

    public record TrialInfo(
            boolean isTrial,
            @Nullable LocalDate trialStartDate,
            @Nullable LocalDate trialEndDate) {}

    public record Billing(
            LocalDate subscriptionStartDate,
            @Nullable LocalDate subscriptionEndDate,
            String billingCycle,
            BigDecimal monthlyPriceUsd,
            boolean autoRenew) {}
}
