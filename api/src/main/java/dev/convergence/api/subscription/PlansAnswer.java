package dev.convergence.api.subscription;

import java.math.BigDecimal;
import java.util.List;

/// What can be booked.
public record PlansAnswer(List<PlanBody> plans) {

    public record PlanBody(String planName, LimitsBody limits, BigDecimal monthlyPriceUsd) {}
}
