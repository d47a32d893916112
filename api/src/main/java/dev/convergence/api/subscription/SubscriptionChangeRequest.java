package dev.convergence.api.subscription;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// What to change of a subscription.
public record SubscriptionChangeRequest(
        @JsonAlias({"plan", "subscription_plan"}) @Nullable String planName,
        @Nullable String status,
        @Nullable Integer maxTeamMembers,
        @Nullable Integer maxProviders,
        @JsonAlias("max_pipelines_per_day") @Nullable Integer dailyLimit,
        @JsonAlias("max_pipelines_per_month") @Nullable Integer monthlyLimit,
        @JsonAlias({"max_concurrent_pipelines", "concurrent_pipelines"})
                @Nullable Integer concurrentLimit,
        @Nullable LocalDate trialEndDate,
        @Nullable LocalDate subscriptionStartDate,
        @Nullable LocalDate subscriptionEndDate) {}
