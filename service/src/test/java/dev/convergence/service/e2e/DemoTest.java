package dev.convergence.service.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.service.RunningServer;
import dev.convergence.service.config.Secret;
import dev.convergence.service.demo.Demo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Two demos on the same data, in a house where one of the tenants has lived before them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoTest {

    private static final String RESULT =
            "(acme_corp|globex_inc) +[a-z_/]+ +COMPLETED +[1-9]\\d* +[1-9]\\d*/\\d+ +\\d+\\.\\d";
    private static final String COST = "(acme_corp|globex_inc) +\\S.* +USD +\\d+\\.\\d{2,}";

    private @Nullable RunningServer server;
    private Path keyFile;
    private Caller acme;
    private String first = "";
    private String second = "";
    private String keysOfFirst = "";

    @BeforeAll
    void play(@TempDir Path folder) throws Exception {
        server = RunningServer.start(folder, Map.of("CONVERGENCE_WORKERS", "4"));
        acme = new House(server).onboard("acme_corp", "PROFESSIONAL");
        keyFile = folder.resolve("demo.keys");
        first = demo(server, folder);
        keysOfFirst = Files.readString(keyFile);
        second = demo(server, folder);
    }

    @AfterAll
    void close() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void six_pipelines_complete_with_rows_and_checks_each_time() {
        assertThat(first.lines().filter(line -> line.matches(RESULT))).hasSize(6);
        assertThat(second.lines().filter(line -> line.matches(RESULT))).hasSize(6);
    }

    @Test
    void costs_per_service_are_shown_to_the_last_digit_and_are_the_same_the_second_time() {
        assertThat(costs(first)).hasSizeGreaterThanOrEqualTo(4).isEqualTo(costs(second));
    }

    @Test
    void a_demo_makes_no_second_config_of_a_pipeline() {
        assertThat(acme.get("/scheduler/pipeline-configs").isOk().list("pipelines")).hasSize(3);
    }

    @Test
    void keys_are_kept_for_their_owner_only_and_neither_shown_nor_replaced() throws IOException {
        assertThat(Files.readString(keyFile)).isEqualTo(keysOfFirst).contains("globex_inc=");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile)))
                .isEqualTo("rw-------");
        keysOfFirst
                .lines()
                .map(line -> line.split("=", 2)[1])
                .forEach(key -> assertThat(first + second).doesNotContain(key));
    }

    @Test
    void a_tenant_that_was_there_before_keeps_the_key_it_had() {
        acme.get("/tenants/acme_corp").isOk();
    }

    private static String demo(RunningServer server, Path folder) throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Demo demo =
                new Demo(
                        server.address(),
                        new Secret(RunningServer.OPERATOR_KEY),
                        folder,
                        server.landing(),
                        InstantSource.system(),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(
                                PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8));
        assertThat(demo.run()).as(out.toString(StandardCharsets.UTF_8)).isTrue();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static List<String> costs(String said) {
        return said.lines().filter(line -> line.matches(COST)).toList();
    }
}
