package dev.convergence.steps.publish;

import dev.convergence.engine.step.QualityCheck;
import dev.convergence.engine.step.QualityCheck.Severity;
import dev.convergence.steps.duckdb.Session;
import dev.convergence.steps.focus.FocusTable;
import dev.convergence.steps.quality.LoadRules;
import java.sql.SQLException;
import java.util.List;

/// Holds what FOCUS bills in each month of a load against what the raw table of the same load bills
/// in it: a sum over the whole load would not see a charge that has changed its month.
final class Months {

    private Months() {}

    private static final String MONTHS =
            """
            SELECT concat_ws(' ', raw.provider, raw.account,
                coalesce(raw.period, concat(raw.first_day, ' to ', raw.last_day))),
              abs(raw.cost - coalesce(focus.cost, 0))
                > greatest(0.01, abs(raw.cost) / 1000000)
            FROM tenant.x_meta_loads raw LEFT JOIN tenant.x_meta_loads focus
              ON focus.run_id = raw.run_id AND focus.table_name = ?
                AND focus.provider = raw.provider
                AND focus.account IS NOT DISTINCT FROM raw.account
                AND focus.period IS NOT DISTINCT FROM raw.period
                AND focus.first_day IS NOT DISTINCT FROM raw.first_day
                AND focus.last_day IS NOT DISTINCT FROM raw.last_day
            WHERE raw.run_id = ? AND raw.table_name = ?
            ORDER BY 1
            """;

    private record Month(String name, boolean off) {}

    static QualityCheck check(Session session, String run, String raw) throws SQLException {
        List<Month> months =
                session.list(
                        MONTHS,
                        row -> new Month(row.getString(1), row.getBoolean(2)),
                        FocusTable.NAME,
                        run,
                        raw);
        return new LoadCheck(
                        LoadRules.COST_BY_MONTH,
                        "reconciliation",
                        FocusTable.NAME,
                        Severity.CRITICAL,
                        "months bill something else than " + raw,
                        "what the source bills in each month, to within 0.01 or 0.0001 %")
                .result(
                        months.size(),
                        months.stream().filter(Month::off).map(Month::name).toList());
    }
}
