package dev.convergence.api.cost;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a month will cost if its other days cost what the days of the window do.
///
/// @param startDate the first day of the window
/// @param month the first day of the month
public record CostForecastAnswer(
        String tenantId,
        String customerId,
        @Nullable LocalDate startDate,
        @Nullable LocalDate endDate,
        @Nullable LocalDate month,
        List<Forecast> forecasts) {

    /// @param days of the window
    /// @param dailyCost billed cost of a day, on average, to twenty places
    /// @param billedToDate of the month, up to the window's last day
    public record Forecast(
            @Nullable String currency,
            int days,
            int daysLeft,
            String dailyCost,
            String billedToDate,
            String forecastCost) {}
}
