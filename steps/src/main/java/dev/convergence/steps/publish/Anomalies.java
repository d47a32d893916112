package dev.convergence.steps.publish;

import dev.convergence.engine.step.QualityCheck;
import dev.convergence.engine.step.QualityCheck.Severity;
import dev.convergence.steps.duckdb.Session;
import dev.convergence.steps.focus.FocusTable;
import java.sql.SQLException;
import java.util.List;

/// Services whose cost on the last day of a load is far from that of their 28 days before: further
/// from the median than five times what days usually are.
final class Anomalies {

    private Anomalies() {}

    private static final String FOUND =
            """
            WITH loaded AS (
              SELECT max(ChargePeriodStart::DATE) AS last_day FROM tenant.focus_cost_usage
              WHERE x_run_id = ? AND ChargeCategory = 'Usage'),
            daily AS (
              SELECT x_provider, ServiceName, ChargePeriodStart::DATE AS day,
                sum(BilledCost)::DOUBLE AS cost
              FROM tenant.focus_cost_usage, loaded
              WHERE ChargeCategory = 'Usage' AND ChargePeriodStart::DATE
                BETWEEN last_day - INTERVAL 28 DAY AND last_day
              GROUP BY ALL),
            usual AS (
              SELECT x_provider, ServiceName, count(*) AS days, median(cost) AS middle,
                mad(cost) AS spread
              FROM daily, loaded WHERE day < last_day GROUP BY ALL)
            SELECT x_provider || ' ' || ServiceName
            FROM daily JOIN usual USING (x_provider, ServiceName), loaded
            WHERE day = last_day AND days >= 7 AND spread > 0
              AND abs(cost - middle) > 5 * spread
            ORDER BY 1
            """;

    static QualityCheck check(Session session, String run) throws SQLException {
        List<String> services = session.list(FOUND, row -> row.getString(1), run);
        return new QualityCheck(
                "history",
                "dq26_no_cost_anomaly",
                "anomaly",
                FocusTable.NAME,
                "BilledCost",
                Severity.INFO,
                services.isEmpty(),
                services.size(),
                services.size(),
                services.size() + " services cost unusually much or little on the last day",
                "within 5 median deviations of the 28 days before",
                services.stream().limit(QualityCheck.FAILING_KEYS_MAX).toList());
    }
}
