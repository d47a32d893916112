package dev.convergence.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerProcessTest {

    @TempDir Path folder;

    @Test
    void a_server_says_when_it_is_ready_keeps_others_out_and_stops_on_a_signal() throws Exception {
        Process server = start("--port", "0", "--data-dir", folder.resolve("data").toString());
        try {
            List<String> said = untilReady(server);
            assertThat(said.getFirst()).isEqualTo("operator key in " + folder + "/data/admin.key");
            String port = said.getLast().replaceAll(".*:", "");

            assertThat(refusal("--port", "0", "--data-dir", folder.resolve("data").toString()))
                    .contains("Another server is using the data directory");
            assertThat(refusal("--port", port, "--data-dir", folder.resolve("b").toString()))
                    .contains("Port " + port + " cannot be used")
                    .contains("--port");
            assertThat(folder.resolve("b")).doesNotExist();
        } finally {
            server.destroy();
            assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(server.exitValue()).isZero();
        assertThat(folder.resolve("data/postgres/data/postmaster.pid")).doesNotExist();
        assertThat(Files.readString(folder.resolve("log")))
                .doesNotContain(Files.readString(folder.resolve("data/admin.key")).strip())
                .doesNotContain(Files.readString(folder.resolve("data/master.key")).strip())
                .doesNotContain(Files.readString(folder.resolve("data/postgres/password")).strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:1", "192.0.2.1:5432"})
    void a_database_that_cannot_be_reached_is_named(String nowhere) throws Exception {
        ProcessBuilder builder =
                builder("--port", "0", "--data-dir", folder.resolve("c").toString());
        builder.environment()
                .put("DATABASE_URL", "postgresql://user:hush@" + nowhere + "/convergence");
        builder.environment()
                .put("CONVERGENCE_MASTER_KEY", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
        Process refused = builder.start();

        assertThat(refused.waitFor()).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("log")))
                .contains("The database of DATABASE_URL cannot be reached")
                .contains("Is PostgreSQL running there")
                .doesNotContain("hush");
    }

    private static List<String> untilReady(Process server) throws IOException {
        List<String> said = new ArrayList<>();
        var lines = server.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.add(line);
            if (line.startsWith("ready http://localhost:")) {
                return said;
            }
        }
        throw new AssertionError("The server ended: " + said);
    }

    private String refusal(String... arguments) throws IOException, InterruptedException {
        Process refused = start(arguments);
        assertThat(refused.waitFor()).isEqualTo(1);
        return Files.readString(folder.resolve("log"));
    }

    private Process start(String... arguments) throws IOException {
        return builder(arguments).start();
    }

    private ProcessBuilder builder(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.add("-Dlogback.configurationFile=logback.xml");
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.addAll(List.of(Main.class.getName(), "serve"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .keySet()
                .removeIf(name -> name.endsWith("_KEY") || name.startsWith("DATABASE_"));
        return builder.redirectError(
                ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
    }
}
