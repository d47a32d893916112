package dev.convergence.benchmark.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.testkit.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The benchmark fires and counts; how fast anything is, no test says.
class SchedulerCommandTest {

    @TempDir private Path folder;

    @Test
    void every_due_config_gets_its_job_and_its_slot() throws Exception {
        Path file = folder.resolve("report.json");

        int exit =
                new CommandLine(new SchedulerCommand())
                        .execute(
                                "--url",
                                TestPostgres.freshDatabase(),
                                "--without-fsync",
                                "--configs",
                                "5000",
                                "--due",
                                "2500",
                                "--rounds",
                                "1",
                                "--json",
                                file.toString());

        JsonNode report = JsonMapper.shared().readTree(Files.readString(file));
        assertThat(exit).isZero();
        assertThat(report.path("sound").asBoolean()).isTrue();
        assertThat(report.path("figures").size()).isEqualTo(6);
    }
}
