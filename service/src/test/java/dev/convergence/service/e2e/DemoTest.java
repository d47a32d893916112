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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {

    private static final String RESULT =
            "(acme_corp|globex_inc) +[a-z_/]+ +COMPLETED +[1-9]\\d* +[1-9]\\d*/\\d+ +\\d+\\.\\d";
    private static final String COST = "(acme_corp|globex_inc) +\\S.* +USD +\\d+\\.\\d{2,}";

    @Test
    void a_demo_completes_six_pipelines_and_another_one_on_the_same_data_does_so_again(
            @TempDir Path folder) throws Exception {
        try (RunningServer server =
                RunningServer.start(folder, Map.of("CONVERGENCE_WORKERS", "4"))) {
            String first = demo(server, folder);
            String keys = Files.readString(folder.resolve("demo.keys"));
            String second = demo(server, folder);

            for (String said : List.of(first, second)) {
                assertThat(said.lines().filter(line -> line.matches(RESULT))).hasSize(6);
                assertThat(said.lines().filter(line -> line.matches(COST)))
                        .hasSizeGreaterThanOrEqualTo(4);
                assertThat(said).doesNotContain(keyOf("acme_corp", keys));
            }
            assertThat(costs(second)).isEqualTo(costs(first));
            assertThat(Files.readString(folder.resolve("demo.keys"))).isEqualTo(keys);
            assertThat(permissions(folder.resolve("demo.keys"))).isEqualTo("rw-------");
        }
    }

    @Test
    void a_demo_that_lost_its_keys_gets_others_from_the_operator(@TempDir Path folder)
            throws Exception {
        try (RunningServer server =
                RunningServer.start(folder, Map.of("CONVERGENCE_WORKERS", "4"))) {
            House house = new House(server);
            Caller acme = house.onboard("acme_corp", "PROFESSIONAL");

            assertThat(demo(server, folder)).contains("COMPLETED");
            acme.get("/tenants/acme_corp").isOk();
        }
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
                        new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8));
        assertThat(demo.run()).as(out.toString(StandardCharsets.UTF_8)).isTrue();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static List<String> costs(String said) {
        return said.lines().filter(line -> line.matches(COST)).toList();
    }

    private static String keyOf(String tenant, String keys) {
        return keys.lines()
                .filter(line -> line.startsWith(tenant + "="))
                .map(line -> line.substring(tenant.length() + 1))
                .findFirst()
                .orElseThrow();
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
