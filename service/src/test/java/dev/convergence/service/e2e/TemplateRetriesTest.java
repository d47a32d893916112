package dev.convergence.service.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.service.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// How often a run is tried again that fails: as its template says, unless its config or whoever
/// asked for it says otherwise.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TemplateRetriesTest {

    private static final String ONCE =
            """
            pipeline_id: "{tenant_id}-test-retries-once"
            retry_attempts: 1
            parameters:
              n: {type: integer, default: 0}
            steps:
              - {step_id: probe, ps_type: system.probe}
            """;

    private RunningServer server;
    private House house;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException {
        Path templates = folder.resolve("templates/test/retries");
        Files.createDirectories(templates);
        Files.writeString(templates.resolve("once.yml"), ONCE);
        server =
                RunningServer.start(
                        folder,
                        Map.of(
                                "CONVERGENCE_WORKERS",
                                "0",
                                "CONVERGENCE_TEMPLATE_DIR",
                                folder.resolve("templates").toString()));
        house = new House(server);
    }

    @AfterAll
    void close() {
        server.close();
    }

    @Test
    void a_run_that_somebody_asked_for_has_its_templates_retries_or_those_asked_for() {
        Caller acme = house.onboard("retry_manual", "SCALE");
        assertThat(started(acme, "retry_manual", Map.of())).isEqualTo(1);
        assertThat(started(acme, "retry_manual", Map.of("max_retries", 4, "n", 1))).isEqualTo(4);
        assertThat(started(acme, "retry_manual", Map.of("max_retries", 0, "n", 2))).isZero();
        Map<String, Object> params =
                Map.of("template", "test/retries/once", "parameters", Map.of("n", 3));
        Answer job = acme.post("/jobs", Map.of("type", "pipeline", "params", params));
        assertThat(job.status()).as(job.text()).isEqualTo(201);
        assertThat(job.number("max_retries")).isEqualTo(1);
    }

    @Test
    void a_config_goes_by_its_template_unless_it_says_otherwise() {
        Caller acme = house.onboard("retry_config", "SCALE");
        String silent = config(acme, Map.of());
        String own = config(acme, Map.of("max_retries", 5));
        house.makeDue(acme, silent);
        house.makeDue(acme, own);
        house.trigger();

        List<JsonNode> runs = House.scheduled(acme, "");
        assertThat(runs)
                .extracting(
                        run -> run.path("config_id").asString(),
                        run -> retries(acme, run.path("run_id").asString()))
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(silent, 1),
                        org.assertj.core.groups.Tuple.tuple(own, 5));
    }

    @Test
    void a_config_that_is_run_now_keeps_to_its_own_retries() {
        Caller acme = house.onboard("retry_now", "SCALE");
        String own = config(acme, Map.of("max_retries", 2));
        String run =
                acme.post("/scheduler/pipeline-configs/" + own + "/run-now", Map.of())
                        .isOk()
                        .get("run_id");
        assertThat(retries(acme, run)).isEqualTo(2);
    }

    private static int started(Caller tenant, String id, Map<String, Object> body) {
        return retries(
                tenant,
                tenant.post("/pipelines/run/" + id + "/test/retries/once", body)
                        .isOk()
                        .get("run_id"));
    }

    private static int retries(Caller tenant, String run) {
        return tenant.get("/pipelines/runs/" + run).isOk().json().path("max_retries").asInt(-1);
    }

    private static String config(Caller tenant, Map<String, Object> retry) {
        Map<String, Object> config = new HashMap<>();
        config.put("provider", "TEST");
        config.put("domain", "RETRIES");
        config.put("pipeline_template", "once");
        config.put("schedule_cron", "0 2 * * *");
        config.put("retry_config", retry);
        return tenant.post("/scheduler/pipeline-configs", config).isOk().get("config_id");
    }
}
