package dev.convergence.steps.publish;

import dev.convergence.engine.step.QualityCheck;
import dev.convergence.engine.step.QualityCheck.Severity;
import dev.convergence.steps.duckdb.Session;
import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Holds the windows that a run has replaced in a table against the loads before it: are there as
/// many rows as usual, and does a window that was loaded before still cost the same.
final class History {

    private static final String SUITE = "history";
    private static final BigDecimal ODD = new BigDecimal("0.5");
    private static final BigDecimal VERY_ODD = new BigDecimal("0.9");

    private final Session session;
    private final String run;

    History(Session session, String run) {
        this.session = session;
        this.run = run;
    }

    /// @param usual rows of the account's last seven loads of such windows, on average
    /// @param before what the same window cost when it was last loaded
    private record Window(
            String name,
            long rows,
            BigDecimal cost,
            @Nullable BigDecimal usual,
            @Nullable BigDecimal before) {

        static Window of(ResultSet row) throws SQLException {
            return new Window(
                    row.getString(1),
                    row.getLong(2),
                    row.getBigDecimal(3),
                    row.getBigDecimal(4),
                    row.getBigDecimal(5));
        }

        /// By what share the rows are off the usual; empty where nothing is usual yet.
        Optional<BigDecimal> off() {
            if (usual == null || usual.signum() == 0) {
                return Optional.empty();
            }
            BigDecimal difference = BigDecimal.valueOf(rows).subtract(usual).abs();
            return Optional.of(difference.divide(usual, MathContext.DECIMAL32));
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
              SELECT *, row_number() OVER (
                PARTITION BY provider, account, period IS NULL ORDER BY loaded_at DESC) AS nth
              FROM tenant.x_meta_loads WHERE table_name = ? AND run_id <> ?),
            usual AS (
              SELECT provider, account, period IS NULL AS by_days,
                (sum(row_count) / count(*))::DECIMAL(38,4) AS rows
              FROM others WHERE nth <= 7 GROUP BY ALL),
            before AS (
              SELECT provider, account, period, first_day, last_day,
                arg_max(cost, loaded_at) AS cost
              FROM others GROUP BY ALL)
            SELECT concat_ws(' ', mine.provider, mine.account,
                coalesce(mine.period, concat(mine.first_day, ' to ', mine.last_day))),
              mine.row_count, mine.cost, usual.rows, before.cost
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
        List<QualityCheck> checks = new ArrayList<>();
        checks.add(
                check(
                        table,
                        "dq02_rows_as_usual",
                        Severity.WARNING,
                        "within 50 % of the last seven loads",
                        windows,
                        window -> window.off().filter(off -> off.compareTo(ODD) > 0).isPresent()));
        checks.add(
                check(
                        table,
                        "dq02_rows_near_usual",
                        Severity.CRITICAL,
                        "within 90 % of the last seven loads",
                        windows,
                        window ->
                                window.off()
                                        .filter(off -> off.compareTo(VERY_ODD) > 0)
                                        .isPresent()));
        checks.add(
                check(
                        table,
                        "dq05_not_restated",
                        Severity.WARNING,
                        "the cost of the load before",
                        windows,
                        Window::isRestated));
        return checks;
    }

    private static QualityCheck check(
            String table,
            String rule,
            Severity severity,
            String expected,
            List<Window> windows,
            Predicate<Window> broken) {
        List<String> names = windows.stream().filter(broken).map(Window::name).toList();
        return new QualityCheck(
                SUITE,
                rule,
                "history",
                table,
                null,
                severity,
                names.isEmpty(),
                windows.size(),
                names.size(),
                names.size() + " of " + windows.size() + " windows differ",
                expected,
                names.stream().limit(QualityCheck.FAILING_KEYS_MAX).toList());
    }
}
