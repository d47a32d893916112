package dev.convergence.benchmark.costs;

import dev.convergence.steps.duckdb.Session;
import dev.convergence.steps.duckdb.Uncancelled;
import dev.convergence.steps.focus.FocusTable;
import dev.convergence.steps.publish.KeptTables;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// Fills a tenant's data set as loads would leave it: a year of charges of three providers, four
/// accounts, 40 services, 200 sub-accounts, 12 regions, 20,000 resources and 2,000 sets of tags, by
/// the hour, in two currencies; for every ten charges a finding, for every hundred a quality
/// result.
public final class CostData {

    private final Session session;
    private final long rows;

    private CostData(Session session, long rows) {
        this.session = session;
        this.rows = rows;
    }

    public static void fill(Path file, long rows) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Session session = new Session(connection, Uncancelled.ALWAYS)) {
            session.execute("ATTACH '" + file.toString().replace("'", "''") + "' AS tenant");
            new CostData(session, rows).fill();
            session.execute("DETACH tenant");
        }
    }

    private static final String CHARGES =
            """
            INSERT INTO tenant.focus_cost_usage BY NAME
            SELECT ['aws', 'azure', 'gcp'][1 + r % 3] AS x_provider, 'account-' || r % 4
                AS BillingAccountId,
              date_trunc('month', day)::TIMESTAMP AS BillingPeriodStart,
              (date_trunc('month', day) + INTERVAL 1 MONTH)::TIMESTAMP AS BillingPeriodEnd,
              (day + INTERVAL (i % 24) HOUR)::TIMESTAMP AS ChargePeriodStart,
              (day + INTERVAL (i % 24 + 1) HOUR)::TIMESTAMP AS ChargePeriodEnd,
              CASE r % 20 WHEN 0 THEN 'Tax' ELSE 'Usage' END AS ChargeCategory,
              CASE r % 4 WHEN 0 THEN 'EUR' ELSE 'USD' END AS BillingCurrency,
              'Service ' || r % 40 AS ServiceName, 'Compute' AS ServiceCategory,
              'sub-' || r % 200 AS SubAccountId, 'region-' || r % 12 AS RegionId,
              'resource-' || r AS ResourceId, 'charge of resource ' || r AS ChargeDescription,
              cost AS BilledCost, (cost * 0.9)::DECIMAL(38,20) AS EffectiveCost,
              cost AS ContractedCost, (cost * 1.1)::DECIMAL(38,20) AS ListCost,
              ('{"team":"team-' || r % 50 || '","app":"app-' || r % 2000 || '","env":"prod"}')::JSON
                AS Tags,
              'bench' AS x_run_id, 'bench' AS x_source_file, TIMESTAMP '2026-11-01' AS x_loaded_at
            FROM (
              SELECT i, (hash(i + 7) % 20000)::INT AS r,
                DATE '2025-11-01' + (i * 365 // ?)::INT AS day,
                ((hash(i) % 1000000)::DECIMAL(18,0) / 100000)::DECIMAL(38,20) AS cost
              FROM range(?) numbers(i))
            """;

    private static final String FINDINGS =
            """
            CREATE TABLE tenant.findings AS
            SELECT 'gcp' AS x_provider, 'organizations/1/sources/' || i % 4 AS parent,
              'organizations/1/sources/' || i % 4 || '/findings/' || md5(i::VARCHAR) AS finding_id,
              '//compute/instances/' || i % 50000 AS resource_id, 'Instance' AS resource_type,
              'region-' || i % 12 AS region, 'RULE_' || i % 60 AS rule_id, NULL::VARCHAR AS rule_name,
              'A setting of this resource is not as the rule wants it.' AS description,
              ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'][1 + i % 4] AS severity,
              CASE i % 10 WHEN 0 THEN 'RESOLVED' WHEN 1 THEN 'MUTED' ELSE 'OPEN' END AS status,
              TIMESTAMP '2026-01-01' AS first_seen, TIMESTAMP '2026-10-31' AS last_seen,
              TIMESTAMP '2026-10-31' AS event_time, 'bench' AS x_run_id,
              TIMESTAMP '2026-11-01' AS x_loaded_at
            FROM range(?) numbers(i)
            """;

    private static final String RESULTS =
            """
            INSERT INTO tenant.x_meta_dq_results BY NAME
            SELECT 'result-' || i AS dq_result_id, 'run-' || i // 2 AS pipeline_logging_id,
              'bench_costs' AS tenant_id, 'focus_cost_usage' AS target_table,
              'focus_cost_usage' AS dq_config_id,
              TIMESTAMP '2026-01-01' + INTERVAL (i) MINUTE AS executed_at,
              20 AS expectations_passed, 2 AS expectations_failed,
              '[{"expectation":"rule_' || i % 30 || '"},{"expectation":"rule_' || i % 7 || '"}]'
                AS failed_expectations,
              'WARNING' AS overall_status, DATE '2026-01-01' AS ingestion_date
            FROM range(?) numbers(i)
            """;

    private void fill() throws SQLException {
        session.execute("SET TimeZone = 'UTC'");
        session.execute(
                "CREATE TABLE tenant.%s (%s)".formatted(FocusTable.NAME, FocusTable.definition()));
        session.execute(CHARGES, rows, rows);
        session.execute(FINDINGS, rows / 10);
        session.execute(RESULTS, rows / 100);
        long began = System.nanoTime();
        KeptTables.open(session);
        System.err.printf("added up in %.1f s%n", (System.nanoTime() - began) * 1e-9);
    }
}
