package dev.convergence.service.http.cost;

import dev.convergence.api.cost.CostPointAnswer;
import dev.convergence.api.cost.CostShareAnswer;
import dev.convergence.api.cost.CostSummaryAnswer;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// The costs of a data set, as they are asked for.
final class Costs {

    /// More currencies than there are.
    private static final int CURRENCIES_MAX = 1_000;

    private static final String DAYS = "cost_by_day";
    private static final String TAGS = "cost_by_day_and_tags";

    private final Question question;

    Costs(Question question) {
        this.question = question;
    }

    private static final String TOTALS =
            """
            SELECT BillingCurrency, sum(BilledCost), sum(EffectiveCost), sum(ContractedCost),
              sum(ListCost), sum(row_count)::BIGINT, min(ChargePeriodStart)::DATE::VARCHAR,
              max(ChargePeriodStart)::DATE::VARCHAR
            FROM %s WHERE %s
            GROUP BY BillingCurrency ORDER BY BillingCurrency NULLS LAST
            """;

    List<CostSummaryAnswer.Total> totals(DayWindow window) {
        return asked(rows -> TOTALS.formatted(rows, window.condition()), DAYS, CURRENCIES_MAX)
                .stream()
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
              sum(BilledCost), sum(EffectiveCost), sum(row_count)::BIGINT
            FROM %s WHERE %s
            GROUP BY day, BillingCurrency ORDER BY day, BillingCurrency NULLS LAST
            LIMIT %d OFFSET %d
            """;

    List<CostPointAnswer> points(DayWindow window, String step, int offset, int limit) {
        return asked(
                        rows -> POINTS.formatted(step, rows, window.condition(), limit, offset),
                        DAYS,
                        limit)
                .stream()
                .map(row ->
                        new CostPointAnswer(
                                row.day(0),
                                row.textOrNull(1),
                                row.money(2),
                                row.money(3),
                                row.whole(4)))
                .toList();
    }

    /// Values of tags may be of any length; an answer may not.
    private static final String SHARES =
            """
            SELECT left(%1$s, 4096), BillingCurrency, sum(BilledCost) AS billed,
              sum(EffectiveCost), sum(row_count)::BIGINT
            FROM %2$s WHERE %3$s
            GROUP BY %1$s, BillingCurrency
            ORDER BY billed DESC, %1$s NULLS LAST, BillingCurrency NULLS LAST
            LIMIT %4$d OFFSET %5$d
            """;

    List<CostShareAnswer> shares(
            Dimension dimension, String expression, DayWindow window, int offset, int limit) {
        return asked(
                        rows ->
                                SHARES.formatted(
                                        expression, rows, window.condition(), limit, offset),
                        dimension == Dimension.TAG ? TAGS : DAYS,
                        limit)
                .stream()
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
            SELECT max(ChargePeriodStart)::DATE::VARCHAR FROM %s
            WHERE ChargeCategory = 'Usage' AND %s
            """;

    /// The last day of the window that has usage.
    Optional<LocalDate> lastDay(DayWindow window) {
        return asked(rows -> LAST_DAY.formatted(rows, window.condition()), DAYS, 1).stream()
                .filter(row -> row.textOrNull(0) != null)
                .map(row -> row.day(0))
                .findFirst();
    }

    /// What was loaded before costs were added up by days is added up now.
    private static final String LINES =
            """
            (SELECT *, 1 AS row_count FROM focus_cost_usage)
            """;

    /// @param days the table in which they are added up
    private List<Question.Row> asked(UnaryOperator<String> sql, String days, int limit) {
        Set<String> present = question.present(days, Question.COSTS);
        return present.isEmpty()
                ? List.of()
                : question.rows(sql.apply(present.contains(days) ? days : LINES), limit);
    }
}
