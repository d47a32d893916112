package dev.convergence.service.http.cost;

import dev.convergence.api.cost.CostPointAnswer;
import dev.convergence.api.cost.CostShareAnswer;
import dev.convergence.api.cost.CostSummaryAnswer;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// The costs of a data set, as they are asked for.
final class Costs {

    /// More currencies than there are.
    private static final int CURRENCIES_MAX = 1_000;

    private final Question question;

    Costs(Question question) {
        this.question = question;
    }

    private static final String TOTALS =
            """
            SELECT BillingCurrency, sum(BilledCost), sum(EffectiveCost), sum(ContractedCost),
              sum(ListCost), count(*), min(ChargePeriodStart)::DATE::VARCHAR,
              max(ChargePeriodStart)::DATE::VARCHAR
            FROM focus_cost_usage WHERE %s
            GROUP BY BillingCurrency ORDER BY BillingCurrency NULLS LAST
            """;

    List<CostSummaryAnswer.Total> totals(DayWindow window) {
        return asked(TOTALS.formatted(window.condition()), CURRENCIES_MAX).stream()
                .map(row ->
                        new CostSummaryAnswer.Total(
                                row.textOrNull(0),
                                row.money(1),
                                row.money(2),
                                row.money(3),
                                row.money(4),
                                row.whole(5),
                                row.day(6),
                                row.day(7)))
                .toList();
    }

    private static final String POINTS =
            """
            SELECT date_trunc('%s', ChargePeriodStart)::DATE::VARCHAR AS day, BillingCurrency,
              sum(BilledCost), sum(EffectiveCost), count(*)
            FROM focus_cost_usage WHERE %s
            GROUP BY day, BillingCurrency ORDER BY day, BillingCurrency NULLS LAST
            LIMIT %d OFFSET %d
            """;

    List<CostPointAnswer> points(DayWindow window, String step, int offset, int limit) {
        return asked(POINTS.formatted(step, window.condition(), limit, offset), limit).stream()
                .map(row ->
                        new CostPointAnswer(
                                row.day(0),
                                row.textOrNull(1),
                                row.money(2),
                                row.money(3),
                                row.whole(4)))
                .toList();
    }

    private static final String SHARES =
            """
            SELECT %s AS word, BillingCurrency, sum(BilledCost) AS billed, sum(EffectiveCost),
              count(*)
            FROM focus_cost_usage WHERE %s
            GROUP BY word, BillingCurrency
            ORDER BY billed DESC, word NULLS LAST, BillingCurrency NULLS LAST
            LIMIT %d OFFSET %d
            """;

    List<CostShareAnswer> shares(String expression, DayWindow window, int offset, int limit) {
        String sql = SHARES.formatted(expression, window.condition(), limit, offset);
        return asked(sql, limit).stream()
                .map(row ->
                        new CostShareAnswer(
                                row.textOrNull(0),
                                row.textOrNull(1),
                                row.money(2),
                                row.money(3),
                                row.whole(4)))
                .toList();
    }

    private static final String LAST_DAY =
            """
            SELECT max(ChargePeriodStart)::DATE::VARCHAR FROM focus_cost_usage
            WHERE ChargeCategory = 'Usage' AND %s
            """;

    /// The last day of the window that has usage.
    Optional<LocalDate> lastDay(DayWindow window) {
        return asked(LAST_DAY.formatted(window.condition()), 1).stream()
                .filter(row -> row.textOrNull(0) != null)
                .map(row -> row.day(0))
                .findFirst();
    }

    private List<Question.Row> asked(String sql, int limit) {
        return question.present(Question.COSTS).isEmpty() ? List.of() : question.rows(sql, limit);
    }
}
