package dev.convergence.api.cost;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// What a day, or the month that begins with it, cost in one currency.
public record CostPointAnswer(
        LocalDate date,
        @Nullable String currency,
        String billedCost,
        String effectiveCost,
        long rows) {}
