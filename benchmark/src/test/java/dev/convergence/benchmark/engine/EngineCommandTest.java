package dev.convergence.benchmark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.testkit.TestPostgres;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The benchmark measures and counts; how fast anything is, no test says.
class EngineCommandTest {

    @TempDir private Path folder;

    @Test
    void everybody_does_every_job_once_and_the_report_says_so_in_json() throws Exception {
        Path file = folder.resolve("report.json");

        int exit =
                execute(
                        "--url",
                        TestPostgres.freshDatabase(),
                        "--without-fsync",
                        "--jobs",
                        "2000",
                        "--warm-up",
                        "0",
                        "--rounds",
                        "1",
                        "--against",
                        "raw,db-scheduler",
                        "--only",
                        "drain,enqueue",
                        "--json",
                        file.toString());

        JsonNode report = JsonMapper.shared().readTree(Files.readString(file));
        assertThat(exit).isZero();
        assertThat(report.path("sound").asBoolean()).isTrue();
        assertThat(report.path("contestants").propertyNames())
                .containsExactly("convergence", "raw", "db-scheduler");
        assertThat(report.path("figures").valueStream().toList())
                .hasSize(6)
                .allSatisfy(figure -> {
                    assertThat(figure.path("faults").size()).isZero();
                    assertThat(figure.path("rounds").size()).isEqualTo(1);
                    assertThat(figure.path("median").asDouble()).isPositive();
                });
    }

    @Test
    void a_server_that_may_lose_what_it_committed_is_refused() {
        int exit = execute("--url", TestPostgres.freshDatabase(), "--against", "none");

        assertThat(exit).isEqualTo(CommandLine.ExitCode.USAGE);
    }

    @Test
    void a_database_that_holds_something_is_left_alone() throws SQLException {
        String url = TestPostgres.freshDatabase();
        try (Connection connection = TestPostgres.dataSource(url).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE precious (n integer)");

            int exit = execute("--url", url, "--without-fsync", "--against", "none");

            assertThat(exit).isNotZero();
            statement.execute("SELECT n FROM precious");
        }
    }

    @Test
    void a_name_that_nobody_has_is_refused_with_the_names_there_are() {
        StringWriter errors = new StringWriter();

        int exit =
                new CommandLine(new EngineCommand())
                        .setErr(new PrintWriter(errors))
                        .execute("--against", "nobody");

        assertThat(exit).isNotZero();
        assertThat(errors.toString()).contains("nobody", "raw", "quartz");
    }

    private static int execute(String... arguments) {
        return new CommandLine(new EngineCommand())
                .setErr(new PrintWriter(new StringWriter()))
                .execute(List.of(arguments).toArray(String[]::new));
    }
}
