package dev.convergence.api.cost;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a window cost, one total for each currency.
///
/// @param startDate as asked; null for everything that was loaded
public record CostSummaryAnswer(
        String tenantId,
        String customerId,
        @Nullable LocalDate startDate,
        @Nullable LocalDate endDate,
        List<Total> totals) {

    /// Amounts are exact decimals as text.
    ///
    /// @param firstDay of the charges in the window
    public record Total(
            @Nullable String currency,
            String billedCost,
            String effectiveCost,
            String contractedCost,
            String listCost,
            long rows,
            LocalDate firstDay,
            LocalDate lastDay) {}
}
