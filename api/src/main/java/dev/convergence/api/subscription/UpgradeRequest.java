package dev.convergence.api.subscription;

import com.fasterxml.jackson.annotation.JsonAlias;
import org.jspecify.annotations.Nullable;

/// A wish for a higher plan.
public record UpgradeRequest(
        @JsonAlias({"plan", "plan_name", "subscription_plan"}) @Nullable String newPlan,
        @Nullable Boolean effectiveImmediately) {}
