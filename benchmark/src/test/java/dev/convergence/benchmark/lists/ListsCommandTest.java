package dev.convergence.benchmark.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The books of the filled server are in order, and each page is there; how fast, no test says.
class ListsCommandTest {

    @TempDir private Path folder;

    @Test
    void every_page_is_answered_and_the_filled_books_are_in_order() throws Exception {
        assumeTrue(
                Files.exists(ServiceJar.path()),
                "skipped: the server's jar is not built; `mvn verify` builds it before this");
        Path file = folder.resolve("report.json");

        int exit =
                new CommandLine(new ListsCommand())
                        .execute(
                                "--runs", "2000",
                                "--tenants", "20",
                                "--configs", "100",
                                "--waiting", "200",
                                "--entries", "2000",
                                "--told", "1000",
                                "--days", "3",
                                "--requests", "1",
                                "--within", "60000",
                                "--data-dir", folder.resolve("data").toString(),
                                "--json", file.toString());

        JsonNode report = JsonMapper.shared().readTree(Files.readString(file));
        for (JsonNode figure : report.path("figures")) {
            assertThat(figure.path("faults")).as(figure.path("line").asString()).isEmpty();
        }
        assertThat(report.path("figures").size()).isGreaterThan(200);
        assertThat(exit).isZero();
    }
}
