package dev.convergence.api.cost;

import org.jspecify.annotations.Nullable;

/// What one value of a dimension cost in one currency.
///
/// @param key the provider, service, sub-account, region, or value of the tag; null for charges
///   that have none
public record CostShareAnswer(
        @Nullable String key,
        @Nullable String currency,
        String billedCost,
        String effectiveCost,
        long rows) {}
