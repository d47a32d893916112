package dev.convergence.steps.publish;

import dev.convergence.engine.step.QualityCheck;
import dev.convergence.engine.step.QualityCheck.Severity;
import dev.convergence.steps.duckdb.Session;
import dev.convergence.steps.focus.FocusTable;
import dev.convergence.steps.quality.LoadRules;
import java.sql.SQLException;
import java.util.List;

/// Services whose cost on the last day of a load is far from that of their 28 days before: further
/// from the median than five times what days usually are.
final class Anomalies {

    private Anomalies() {}

    /// Asked of the days, which the load has renewed by then: they are few, and add up to the same.
    /// A service that costs the same each day has no spread; then a tenth of it is unusual. One
    /// that is not there on the last day costs nothing then.
    private static final String FOUND =
            """
            WITH loaded AS (
              SELECT max(ChargePeriodStart)::DATE AS last_day FROM tenant.focus_cost_usage
              WHERE x_run_id = ? AND ChargeCategory = 'Usage'),
            providers AS (
              SELECT DISTINCT x_provider, BillingAccountId FROM tenant.focus_cost_usage
              WHERE x_run_id = ?),
            daily AS (
              SELECT x_provider, ServiceName, BillingCurrency, ChargePeriodStart AS day,
                sum(BilledCost)::DOUBLE AS cost
              FROM tenant.cost_by_day SEMI JOIN providers USING (x_provider, BillingAccountId),
                loaded
              WHERE ChargeCategory = 'Usage' AND ChargePeriodStart
                BETWEEN last_day - INTERVAL 28 DAY AND last_day
              GROUP BY ALL),
            usual AS (
              SELECT x_provider, ServiceName, BillingCurrency,
                count(*) FILTER (WHERE day < last_day) AS days,
                median(cost) FILTER (WHERE day < last_day) AS middle,
                mad(cost) FILTER (WHERE day < last_day) AS spread,
                coalesce(sum(cost) FILTER (WHERE day = last_day), 0) AS now
              FROM daily, loaded GROUP BY ALL)
            SELECT concat_ws(' ', x_provider, ServiceName),
              CASE WHEN spread > 0 THEN abs(now - middle) > 5 * spread
                ELSE abs(now - middle) > 0.1 * abs(middle) END
            FROM usual WHERE days >= 7
            ORDER BY 1
            """;

    private record Service(String name, boolean odd) {}

    static QualityCheck check(Session session, String run) throws SQLException {
        List<Service> services =
                session.list(
                        FOUND, row -> new Service(row.getString(1), row.getBoolean(2)), run, run);
        return new LoadCheck(
                        LoadRules.NO_ANOMALY,
                        "anomaly",
                        FocusTable.NAME,
                        Severity.INFO,
                        "services cost unusually much or little on the last day",
                        "within 5 median deviations of the 28 days before")
                .result(
                        services.size(),
                        services.stream().filter(Service::odd).map(Service::name).toList());
    }
}
