package dev.convergence.benchmark.costs;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The data set is what it says; how fast anything is, no test says.
class CostsCommandTest {

    @TempDir private Path folder;

    @Test
    void the_data_set_has_its_charges_and_what_they_add_up_to() throws Exception {
        Path file = folder.resolve("tenant.duckdb");
        try (var connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                var statement = connection.createStatement()) {
            statement.execute(
                    """
                    CREATE TABLE x_meta_dq_results (dq_result_id VARCHAR, pipeline_logging_id VARCHAR,
                      tenant_id VARCHAR, target_table VARCHAR, dq_config_id VARCHAR,
                      executed_at TIMESTAMP, expectations_passed INT, expectations_failed INT,
                      failed_expectations VARCHAR, overall_status VARCHAR, ingestion_date DATE)
                    """);
        }

        CostData.fill(file, 1_000);

        try (var connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                var statement = connection.createStatement();
                var row =
                        statement.executeQuery(
                                """
                                SELECT count(*), sum(BilledCost) - (SELECT sum(BilledCost) FROM cost_by_day),
                                  (SELECT sum(row_count) FROM cost_by_day_and_tags),
                                  (SELECT count(*) FROM finding_history)
                                FROM focus_cost_usage
                                """)) {
            assertThat(row.next()).isTrue();
            assertThat(row.getLong(1)).isEqualTo(1_000);
            assertThat(row.getBigDecimal(2)).isEqualByComparingTo(BigDecimal.ZERO);
            assertThat(row.getLong(3)).isEqualTo(1_000);
            assertThat(row.getLong(4)).isEqualTo(100);
        }
    }

    @Test
    void a_server_that_is_not_there_is_refused() {
        assertThat(execute("--server", folder.resolve("none.jar").toString()))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(execute("--rows", "0")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(folder).isDirectoryNotContaining(Files::isDirectory);
    }

    private int execute(String... options) {
        return new CommandLine(new CostsCommand()).execute(options);
    }
}
