package dev.convergence.steps.publish;

import dev.convergence.engine.step.QualityCheck;
import dev.convergence.engine.step.QualityCheck.Severity;
import dev.convergence.steps.duckdb.Session;
import dev.convergence.steps.quality.LoadRules;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Holds the windows that a run has replaced in a table against the loads before it: are there as
/// many rows as usual, and does a window that was loaded before still cost the same.
final class History {

    private static final BigDecimal ODD = new BigDecimal("0.5");
    private static final BigDecimal VERY_ODD = new BigDecimal("0.9");

    private final Session session;
    private final String run;

    History(Session session, String run) {
        this.session = session;
        this.run = run;
    }

    /// @param usual rows of the account's last seven loads of such windows, on average
    /// @param usualOf28 the same of the last 28 loads
    /// @param before what the same window cost when it was last loaded, where its month was over
    private record Window(
            String name,
            long rows,
            BigDecimal cost,
            @Nullable BigDecimal usual,
            @Nullable BigDecimal usualOf28,
            @Nullable BigDecimal before) {

        static Window of(ResultSet row) throws SQLException {
            return new Window(
                    row.getString(1),
                    row.getLong(2),
                    row.getBigDecimal(3),
                    row.getBigDecimal(4),
                    row.getBigDecimal(5),
                    row.getBigDecimal(6));
        }

        boolean isOff(BigDecimal share) {
            return isOff(usual, share);
        }

        boolean isOffOf28(BigDecimal share) {
            return isOff(usualOf28, share);
        }

        /// Whether the rows are off an average by more than a share; nothing is usual at first.
        private boolean isOff(@Nullable BigDecimal average, BigDecimal share) {
            return average != null
                    && BigDecimal.valueOf(rows)
                                    .subtract(average)
                                    .abs()
                                    .compareTo(average.multiply(share))
                            > 0;
        }

        boolean isRestated() {
            return before != null && before.compareTo(cost) != 0;
        }
    }

    private static final String WINDOWS =
            """
            WITH mine AS (
              SELECT * FROM tenant.x_meta_loads WHERE table_name = ? AND run_id = ?),
            others AS (
              SELECT *, row_number() OVER (PARTITION BY provider, account, period IS NULL
                  ORDER BY loaded_at DESC, rowid DESC) AS nth,
                row(loaded_at, rowid) AS place
              FROM tenant.x_meta_loads WHERE table_name = ? AND run_id <> ?),
            usual AS (
              SELECT provider, account, period IS NULL AS by_days,
                avg(row_count) FILTER (WHERE nth <= 7)::DECIMAL(38,4) AS of_7,
                avg(row_count)::DECIMAL(38,4) AS of_28
              FROM others WHERE nth <= 28 GROUP BY ALL),
            before AS (
              SELECT provider, account, period, first_day, last_day,
                arg_max(cost, place) AS cost
              FROM others GROUP BY ALL)
            SELECT concat_ws(' ', mine.provider, mine.account,
                coalesce(mine.period, concat(mine.first_day, ' to ', mine.last_day))),
              mine.row_count, mine.cost, usual.of_7, usual.of_28,
              CASE WHEN coalesce(mine.period, strftime(mine.last_day, '%Y%m'))
                < strftime(mine.loaded_at, '%Y%m') THEN before.cost END
            FROM mine
              LEFT JOIN usual ON usual.provider = mine.provider
                AND usual.account IS NOT DISTINCT FROM mine.account
                AND usual.by_days = (mine.period IS NULL)
              LEFT JOIN before ON before.provider = mine.provider
                AND before.account IS NOT DISTINCT FROM mine.account
                AND before.period IS NOT DISTINCT FROM mine.period
                AND before.first_day IS NOT DISTINCT FROM mine.first_day
                AND before.last_day IS NOT DISTINCT FROM mine.last_day
            ORDER BY 1
            """;

    List<QualityCheck> checks(String table) throws SQLException {
        List<Window> windows = session.list(WINDOWS, Window::of, table, run, table, run);
        if (windows.isEmpty()) {
            return List.of();
        }
        return List.of(
                check(
                        usual(LoadRules.ROWS_AS_USUAL, table, Severity.WARNING, "50 % of", 7),
                        windows,
                        window -> window.isOff(ODD)),
                check(
                        usual(LoadRules.ROWS_NEAR_USUAL, table, Severity.CRITICAL, "90 % of", 7),
                        windows,
                        window -> window.isOff(VERY_ODD)),
                check(
                        usual(
                                LoadRules.ROWS_AS_IN_28_LOADS,
                                table,
                                Severity.WARNING,
                                "50 % of",
                                28),
                        windows,
                        window -> window.isOffOf28(ODD)),
                check(
                        usual(
                                LoadRules.ROWS_NEAR_28_LOADS,
                                table,
                                Severity.CRITICAL,
                                "90 % of",
                                28),
                        windows,
                        window -> window.isOffOf28(VERY_ODD)),
                check(
                        new LoadCheck(
                                LoadRules.NOT_RESTATED,
                                "history",
                                table,
                                Severity.WARNING,
                                "windows differ",
                                "the cost of the load before, of a month that is over"),
                        windows,
                        Window::isRestated));
    }

    private static LoadCheck usual(
            String rule, String table, Severity severity, String share, int loads) {
        return new LoadCheck(
                rule,
                "history",
                table,
                severity,
                "windows differ",
                "within %s the last %d loads".formatted(share, loads));
    }

    private static QualityCheck check(
            LoadCheck check, List<Window> windows, Predicate<Window> broken) {
        return check.result(
                windows.size(), windows.stream().filter(broken).map(Window::name).toList());
    }
}
