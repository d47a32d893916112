package dev.convergence.service.e2e;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.service.RunningServer;
import dev.convergence.service.ServerProcesses;
import dev.convergence.service.ServerProcesses.Started;
import dev.convergence.testkit.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The log of a server as a collector of log lines reads it.
class JsonLogTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ACME = "acme_corp";
    private static final Map<String, String> SETTINGS =
            Map.of(
                    "CONVERGENCE_LOG_FORMAT", "json",
                    // Nobody listens there: spans are made all the same.
                    "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9");

    @TempDir Path folder;

    @Test
    void a_line_of_a_step_names_tenant_run_step_and_trace() throws Exception {
        try (ServerProcesses servers =
                new ServerProcesses(folder, TestPostgres.freshDatabase(), SETTINGS)) {
            Started server = servers.start();
            String run = run(server);

            eventually("the step's line is there", SOON, () -> lineOfStep(run).isPresent());

            JsonNode line = lineOfStep(run).orElseThrow();
            assertThat(line.path("level").asString()).isEqualTo("INFO");
            assertThat(line.path("formattedMessage").asString()).contains("ended COMPLETED");
            assertThat(line.path("timestamp").isIntegralNumber()).isTrue();
            assertThat(line.path("mdc").path("tenant_id").asString()).isEqualTo(ACME);
            assertThat(line.path("mdc").path("trace_id").asString()).matches("[0-9a-f]{32}");
        }
    }

    private static String run(Started server) {
        Map<String, Object> acme =
                Map.of(
                        "tenant_id", ACME,
                        "company_name", "Acme",
                        "admin_email", "admin@acme.example",
                        "subscription_plan", "SCALE");
        String key =
                new Caller(server.address(), List.of("X-Admin-Key", RunningServer.OPERATOR_KEY))
                        .post("/tenants/onboard", acme)
                        .isOk()
                        .get("api_key");
        return new Caller(server.address(), List.of("X-API-Key", key))
                .post("/pipelines/run/" + ACME + "/system/diagnostics/probe", Map.of())
                .isOk()
                .get("pipeline_logging_id");
    }

    private Optional<JsonNode> lineOfStep(String run) {
        return lines().stream()
                .filter(line -> line.startsWith("{") && line.endsWith("}"))
                .map(JSON::readTree)
                .filter(line -> line.path("mdc").path("run_id").asString("").equals(run))
                .filter(line -> line.path("mdc").path("step_id").asString("").equals("probe"))
                .findFirst();
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(folder.resolve("log0"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
