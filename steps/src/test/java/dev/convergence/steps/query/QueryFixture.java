package dev.convergence.steps.query;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/// Two tenants' data sets, each with a table and a view.
record QueryFixture(Path acme, Path globex) {

    private static final String ROWS =
            """
            CREATE TABLE focus_cost_usage AS
            SELECT ['Storage', 'Compute', 'Tax'][(i %% 3 + 1)::INT] AS ServiceName,
                   (i + 0.00000000000000000001)::DECIMAL(38, 20) AS BilledCost,
                   TIMESTAMPTZ '2026-01-01 00:00:00+00' + i * INTERVAL 1 HOUR AS ChargePeriodStart
            FROM range(%d) t(i)
            """;

    static QueryFixture in(Path directory) throws SQLException {
        QueryFixture fixture =
                new QueryFixture(
                        directory.resolve("acme_corp.duckdb"), directory.resolve("globex.duckdb"));
        write(fixture.acme, 20_000);
        write(fixture.globex, 7);
        return fixture;
    }

    private static void write(Path file, int rows) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                var statement = connection.createStatement()) {
            statement.execute(ROWS.formatted(rows));
            statement.execute(
                    "CREATE VIEW focus_1_2 AS SELECT ServiceName, BilledCost FROM"
                            + " focus_cost_usage");
        }
    }
}
