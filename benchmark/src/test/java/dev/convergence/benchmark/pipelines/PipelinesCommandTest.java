package dev.convergence.benchmark.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every bill is generated, loaded and counted; how fast anything is, no test says.
class PipelinesCommandTest {

    @TempDir private Path folder;

    @Test
    void every_bill_arrives_with_as_many_rows_as_duckdb_alone_has() throws Exception {
        Path file = folder.resolve("report.json");

        int exit = execute("--rows", "700", "--json", file.toString());

        assertThat(exit).isZero();
        JsonNode bills = JsonMapper.shared().readTree(Files.readString(file)).path("bills");
        assertThat(bills.size()).isEqualTo(Bill.values().length);
        bills.forEach(bill -> assertThat(bill.path("rows").asInt()).isEqualTo(700));
        try (Stream<Path> left = Files.list(folder.resolve("work"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void an_unknown_bill_is_refused() {
        assertThat(execute("--bills", "petrol")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(execute("--rows", "0")).isEqualTo(CommandLine.ExitCode.USAGE);
    }

    private int execute(String... options) {
        String[] all =
                Stream.concat(
                                Stream.of("--folder", folder.resolve("work").toString()),
                                Stream.of(options))
                        .toArray(String[]::new);
        return new CommandLine(new PipelinesCommand()).execute(all);
    }
}
