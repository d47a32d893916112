package dev.convergence.service.http.cost;

import dev.convergence.api.cost.CostForecastAnswer;
import dev.convergence.api.cost.CostSummaryAnswer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The run rate: the month of a window's last day costs what it has cost so far, and for each day
/// that is left what a day of the window costs.
final class Forecasts {

    private static final int DAYS = 7;
    private static final int SCALE = 20;

    private Forecasts() {}

    /// Without a window it is the last seven days that have usage.
    static CostForecastAnswer of(String tenant, Costs costs, DayWindow asked) {
        LocalDate end =
                asked.end() != null ? asked.end() : costs.lastDay(asked).orElse(asked.start());
        if (end == null) {
            return new CostForecastAnswer(tenant, tenant, null, null, null, List.of());
        }
        LocalDate start = asked.start() != null ? asked.start() : end.minusDays(DAYS - 1);
        LocalDate month = end.withDayOfMonth(1);
        Map<String, BigDecimal> toDate =
                costs.totals(new DayWindow(month, end)).stream()
                        .collect(
                                Collectors.toMap(
                                        total -> Objects.requireNonNullElse(total.currency(), ""),
                                        total -> new BigDecimal(total.billedCost())));
        int days = Math.toIntExact(ChronoUnit.DAYS.between(start, end) + 1);
        int left = YearMonth.from(end).lengthOfMonth() - end.getDayOfMonth();
        Function<CostSummaryAnswer.Total, CostForecastAnswer.Forecast> forecast =
                total -> forecast(total, days, left, toDate);
        return new CostForecastAnswer(
                tenant,
                tenant,
                start,
                end,
                month,
                costs.totals(new DayWindow(start, end)).stream().map(forecast).toList());
    }

    private static CostForecastAnswer.Forecast forecast(
            CostSummaryAnswer.Total total, int days, int left, Map<String, BigDecimal> toDate) {
        @Nullable String currency = total.currency();
        BigDecimal billed = new BigDecimal(total.billedCost());
        BigDecimal daily = billed.divide(BigDecimal.valueOf(days), SCALE, RoundingMode.HALF_EVEN);
        BigDecimal spent =
                toDate.getOrDefault(Objects.requireNonNullElse(currency, ""), BigDecimal.ZERO);
        BigDecimal rest =
                billed.multiply(BigDecimal.valueOf(left))
                        .divide(BigDecimal.valueOf(days), SCALE, RoundingMode.HALF_EVEN);
        return new CostForecastAnswer.Forecast(
                currency,
                days,
                left,
                Question.plain(daily),
                Question.plain(spent),
                Question.plain(spent.add(rest)));
    }
}
