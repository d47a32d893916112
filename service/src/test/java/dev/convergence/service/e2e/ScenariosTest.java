package dev.convergence.service.e2e;

import static dev.convergence.service.e2e.JobCalls.chain;
import static dev.convergence.service.e2e.JobCalls.created;
import static dev.convergence.service.e2e.JobCalls.id;
import static dev.convergence.service.e2e.JobCalls.job;
import static dev.convergence.service.e2e.JobCalls.probe;
import static dev.convergence.service.e2e.JobCalls.probes;
import static dev.convergence.service.e2e.JobCalls.queue;
import static dev.convergence.service.e2e.JobCalls.runs;
import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.service.RunningServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Scenarios that no other story tells; which test tells which is in `docs/scenarios.md`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScenariosTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private RunningServer server;
    private House house;
    private int tenants;

    @BeforeAll
    void open(@TempDir Path folder) {
        server =
                RunningServer.start(
                        folder,
                        Map.of(
                                "CONVERGENCE_WORKERS",
                                "0",
                                "CONVERGENCE_WEBHOOK_ALLOW_PRIVATE",
                                "true"));
        house = new House(server);
    }

    @AfterAll
    void close() {
        server.close();
    }

    private Caller tenant() {
        return house.onboard("scenario_" + tenants++, "STARTER");
    }

    private void step(Caller caller) {
        eventually("one is taken", SOON, () -> house.processNext().number("processed_count") == 1);
        eventually("it ends", SOON, () -> queue(caller).path("running_job_ids").isEmpty());
    }

    private static void listens(Caller caller, HookServer hook) {
        Map<String, Object> wish = Map.of("url", hook.url(), "events", List.of("job.*"));
        assertThat(caller.post("/webhooks/endpoints", wish).status()).isEqualTo(201);
    }

    @Test
    void a_job_that_fails_once_has_one_retry_that_completes_and_no_third() {
        Caller caller = tenant();
        Map<String, Object> body =
                Map.of("type", "probe", "params", Map.of("fail_times", 1), "priority", 4);
        JsonNode original = created(caller, body);

        step(caller);

        JsonNode failed = job(caller, id(original));
        List<JsonNode> waiting = caller.get("/jobs?state=QUEUED").isOk().list("jobs");
        assertThat(failed.path("state").asString()).isEqualTo("FAILED");
        assertThat(waiting).hasSize(1);
        JsonNode retry = waiting.getFirst();
        assertThat(retry.path("retry_of").asString()).isEqualTo(id(original));
        for (String same : List.of("params", "job_type", "priority")) {
            assertThat(retry.path(same)).as(same).isEqualTo(original.path(same));
        }

        step(caller);

        assertThat(job(caller, id(retry)).path("state").asString()).isEqualTo("COMPLETED");
        assertThat(job(caller, id(original))).isEqualTo(failed);
        assertThat(chain(caller, id(original))).hasSize(2);
        assertThat(house.processNext().number("processed_count")).isZero();
    }

    @Test
    void a_lane_of_one_runs_one_after_the_other() {
        Caller caller = tenant();
        String first =
                id(
                        created(
                                caller,
                                Map.of(
                                        "type",
                                        "probe",
                                        "priority",
                                        10,
                                        "params",
                                        Map.of("duration_ms", 600_000))));
        String second = probes(caller, 1).getFirst();

        house.operator().post("/scheduler/process-queue?max_items=5", Map.of()).isOk();
        assertThat(job(caller, first).path("status").asString()).isEqualTo("RUNNING");
        assertThat(job(caller, second).path("status").asString()).isEqualTo("QUEUED");
        assertThat(queue(caller).path("running_job_ids")).hasSize(1);
        caller.post("/jobs/" + first + "/cancel", Map.of()).isOk();
        house.drain();

        assertThat(job(caller, second).path("state").asString()).isEqualTo("COMPLETED");
        assertThat(runs(caller, second)).hasSize(1);
    }

    @Test
    void a_completed_job_is_told_in_the_words_of_its_runs_route() {
        Caller caller = tenant();
        try (HookServer hook = new HookServer()) {
            listens(caller, hook);
            String job = id(created(caller, probe(Map.of("exit_code", 0, "echo", "x"))));
            house.drain();
            eventually("it is told", SOON, () -> hook.of("job.run.completed").size() == 1);

            JsonNode told = hook.of("job.run.completed").getFirst().json();
            JsonNode run = runs(caller, job).getFirst();

            assertThat(told.path("event").asString()).isEqualTo("job.run.completed");
            assertThat(told.path("status").asString()).isEqualTo("COMPLETED");
            assertThat(told.path("run_id")).isEqualTo(run.path("run_id"));
            assertThat(told.path("job_id").asString()).isEqualTo(job);
            run.propertyStream()
                    .forEach(field ->
                            assertThat(told.path("data").path(field.getKey()))
                                    .as(field.getKey())
                                    .isEqualTo(field.getValue()));
            assertThat(told.path("data").path("artifacts").isArray()).isTrue();
        }
    }

    @Test
    void a_group_that_stops_is_told_run_by_run_with_the_skipped_ones_reason() {
        Caller caller = tenant();
        try (HookServer hook = new HookServer()) {
            listens(caller, hook);
            Map<String, Object> good = Map.of("type", "probe");
            Map<String, Object> bad = probe(Map.of("outcome", "FAILED", "error", "Test error"));
            Map<String, Object> group = Map.of("jobs", List.of(good, bad, good));
            assertThat(caller.post("/job-groups", group).status()).isEqualTo(201);
            house.drain();
            eventually("all is told", SOON, () -> hook.heard.size() >= 7);

            assertThat(hook.of("job.run.completed")).hasSize(1);
            assertThat(hook.of("job.run.failed"))
                    .hasSize(4)
                    .allMatch(heard -> heard.text().contains("Test error"))
                    .extracting(heard -> heard.header("x-run-id"))
                    .doesNotHaveDuplicates();
            assertThat(hook.of("job.run.skipped")).hasSize(1);
            JsonNode skipped = hook.of("job.run.skipped").getFirst().json();
            assertThat(skipped.path("status").asString()).isEqualTo("SKIPPED");
            assertThat(skipped.at("/data/error").asString()).isNotBlank();
            assertThat(hook.of("job.group.partial")).hasSize(1);
            assertThat(hook.heard).hasSize(7);
        }
    }

    @Test
    void a_job_that_is_cancelled_before_it_starts_is_not_told_of() {
        Caller caller = tenant();
        try (HookServer hook = new HookServer()) {
            listens(caller, hook);
            List<String> jobs = probes(caller, 2);

            caller.delete("/jobs/" + jobs.getFirst()).isOk();
            house.drain();
            eventually("the other one is told", SOON, () -> !hook.heard.isEmpty());

            assertThat(hook.heard)
                    .extracting(heard -> heard.header("x-job-id"))
                    .containsExactly(jobs.getLast());
        }
    }
}
