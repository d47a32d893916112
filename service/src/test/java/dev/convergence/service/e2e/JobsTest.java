package dev.convergence.service.e2e;

import static dev.convergence.service.e2e.JobCalls.chain;
import static dev.convergence.service.e2e.JobCalls.created;
import static dev.convergence.service.e2e.JobCalls.id;
import static dev.convergence.service.e2e.JobCalls.job;
import static dev.convergence.service.e2e.JobCalls.probe;
import static dev.convergence.service.e2e.JobCalls.probes;
import static dev.convergence.service.e2e.JobCalls.queue;
import static dev.convergence.service.e2e.JobCalls.runs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.service.RunningServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// A tenant's jobs in a lane of one: asked for, executed, tried again, cancelled, made by
/// templates.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobsTest {

    private RunningServer server;
    private House house;
    private int tenants;

    @BeforeAll
    void open(@TempDir Path folder) {
        server = RunningServer.start(folder, Map.of("CONVERGENCE_WORKERS", "0"));
        house = new House(server);
    }

    @AfterAll
    void close() {
        server.close();
    }

    private Caller tenant() {
        return house.onboard("jobs_" + tenants++, "STARTER");
    }

    @Test
    void a_job_waits_runs_and_leaves_its_record() {
        Caller caller = tenant();
        Map<String, Object> params = Map.of("echo", Map.of("x", 1), "exit_code", 0);

        JsonNode job = created(caller, Map.of("type", "probe", "params", params, "priority", 5));

        assertThat(job.path("status").asString()).isEqualTo("QUEUED");
        assertThat(job.path("state").asString()).isEqualTo("QUEUED");
        assertThat(job.path("job_type").asString()).isEqualTo("probe");
        assertThat(job.path("position").asLong()).isEqualTo(100);
        assertThat(job.path("queue_rank").asInt()).isEqualTo(1);
        assertThat(job.path("retry_of").isNull()).isTrue();
        assertThat(job.path("queued_at")).isEqualTo(job.path("created_at"));
        assertThat(runs(caller, id(job))).isEmpty();

        house.drain();

        JsonNode ended = job(caller, id(job));
        assertThat(ended.path("status").asString()).isEqualTo("RUNNING");
        assertThat(ended.path("state").asString()).isEqualTo("COMPLETED");
        JsonNode run = runs(caller, id(job)).getFirst();
        assertThat(run.path("status").asString()).isEqualTo("COMPLETED");
        assertThat(run.path("finished_at")).isEqualTo(ended.path("finished_at"));
        assertThat(run.path("params_snapshot")).isEqualTo(job.path("params"));
        assertThat(run.path("exit_code").asInt(-9)).isZero();
        assertThat(run.path("error").isNull()).isTrue();
        assertThat(run.path("duration_ms").asLong(-1)).isNotNegative();
        assertThat(run.path("worker_id").asString("")).isNotEmpty();
        assertThat(run.path("artifacts").toString()).isEqualTo("[\"echo\"]");
        String id = run.path("run_id").asString();
        assertThat(caller.get("/job-runs/" + id).isOk().json()).isEqualTo(run);
        assertThat(caller.get("/job-runs/" + id + "/log").isOk().text()).contains("the probe");
        assertThat(queue(caller).path("queue_length").asInt(-1)).isZero();
    }

    @Test
    void a_success_has_the_exit_code_0_and_failures_before_it_have_theirs() {
        Caller caller = tenant();
        String plain = id(created(caller, probe(Map.of())));
        String chain = id(created(caller, probe(Map.of("fail_times", 1, "exit_code", 3))));
        house.drain();

        assertThat(runs(caller, plain).getFirst().path("exit_code").asInt(-9)).isZero();
        List<JsonNode> attempts = caller.get("/jobs/" + chain + "/chain").isOk().list("jobs");
        assertThat(
                        attempts.stream()
                                .map(job -> runs(caller, id(job)).getFirst())
                                .map(run -> run.path("exit_code").asInt(-9)))
                .containsExactly(3, 0);
    }

    @Test
    void an_artifact_is_a_file_to_keep_and_nothing_to_run() {
        Caller caller = tenant();
        JsonNode job = created(caller, probe(Map.of("echo", "<script>alert(1)</script>")));
        house.drain();

        String run = runs(caller, id(job)).getFirst().path("run_id").asString();
        Answer artifact = caller.get("/job-runs/" + run + "/artifacts/echo").isOk();

        assertThat(artifact.text()).isEqualTo("\"<script>alert(1)</script>\"");
        var headers = artifact.response().headers();
        assertThat(headers.firstValue("content-type")).contains("application/json");
        assertThat(headers.firstValue("content-disposition").orElse("")).startsWith("attachment");
        assertThat(headers.firstValue("x-content-type-options")).contains("nosniff");
        caller.get("/job-runs/" + run + "/artifacts/none").isRefused(404, "RESOURCE_NOT_FOUND");
    }

    @Test
    void a_waiting_job_that_is_cancelled_never_runs() {
        Caller caller = tenant();
        List<String> jobs = probes(caller, 2);

        assertThat(caller.delete("/jobs/" + jobs.get(0)).isOk().field("success").asBoolean())
                .isTrue();
        caller.post("/jobs/" + jobs.get(1) + "/cancel", Map.of()).isOk();
        house.drain();

        for (String id : jobs) {
            JsonNode job = job(caller, id);
            assertThat(job.path("status").asString()).isEqualTo("CANCELLED");
            assertThat(job.path("started_at").isNull()).isTrue();
            assertThat(job.path("finished_at").isNull()).isFalse();
            assertThat(runs(caller, id)).isEmpty();
            caller.delete("/jobs/" + id).isRefused(400, "INVALID_REQUEST");
            caller.post("/jobs/" + id + "/cancel", Map.of()).isRefused(400, "INVALID_REQUEST");
        }
        assertThat(queue(caller).at("/cumulative_stats/cancelled").asInt()).isEqualTo(2);
        assertThat(queue(caller).at("/cumulative_stats/total_executed").asInt(-1)).isZero();
    }

    @Test
    void running_work_that_is_cancelled_fails_and_is_not_tried_again() {
        Caller caller = tenant();
        String job = id(created(caller, probe(Map.of("duration_ms", 60_000))));
        house.processNext();

        caller.delete("/jobs/" + job).isRefused(400, "INVALID_REQUEST");
        caller.patch("/jobs/" + job, Map.of("priority", 7)).isRefused(400, "INVALID_REQUEST");
        assertThat(caller.post("/jobs/" + job + "/cancel", Map.of()).isOk().get("state"))
                .isEqualTo("FAILED");

        JsonNode run = runs(caller, job).getFirst();
        assertThat(run.path("status").asString()).isEqualTo("FAILED");
        assertThat(run.path("error").asString()).contains("cancelled");
        assertThat(chain(caller, job)).hasSize(1);
    }

    @Test
    void a_job_that_always_fails_is_executed_four_times_and_once_more_by_hand() {
        Caller caller = tenant();
        Map<String, Object> params = Map.of("outcome", "FAILED", "error", "Test error");
        String job = id(created(caller, Map.of("type", "probe", "params", params, "priority", 3)));
        house.drain();

        List<JsonNode> chain = chain(caller, job);
        assertThat(chain).hasSize(4);
        for (int i = 1; i < 4; i++) {
            assertThat(chain.get(i).path("retry_of").asString()).isEqualTo(id(chain.get(i - 1)));
            assertThat(chain.get(i).path("retry_kind").asString()).isEqualTo("AUTO");
            assertThat(chain.get(i).path("retry_attempt").asInt()).isEqualTo(i);
            assertThat(chain.get(i).path("priority").asInt()).isEqualTo(3);
        }
        String last = chain.getLast().path("run_id").asString();
        assertThat(caller.get("/job-runs/" + last).isOk().get("error")).isEqualTo("Test error");

        Answer again = caller.post("/job-runs/" + last + "/retry", Map.of("priority", 8));
        assertThat(again.status()).as(again.text()).isEqualTo(201);
        assertThat(again.get("retry_kind")).isEqualTo("MANUAL");
        assertThat(again.get("retry_of")).isEqualTo(id(chain.getLast()));
        assertThat(again.number("priority")).isEqualTo(8);
        house.drain();

        assertThat(chain(caller, job)).hasSize(5);
        assertThat(queue(caller).at("/cumulative_stats/failed").asInt()).isEqualTo(5);
    }

    @Test
    void a_job_that_fails_twice_completes_in_its_third_attempt() {
        Caller caller = tenant();
        String job = id(created(caller, probe(Map.of("fail_times", 2))));
        house.drain();

        assertThat(chain(caller, job))
                .extracting(attempt -> attempt.path("state").asString())
                .containsExactly("FAILED", "FAILED", "COMPLETED");
        String done = chain(caller, job).getLast().path("run_id").asString();
        caller.post("/job-runs/" + done + "/retry", Map.of()).isRefused(400, "INVALID_REQUEST");
    }

    @Test
    void a_template_is_copied_when_the_job_is_made() {
        Caller caller = tenant();
        Answer made =
                caller.post(
                        "/job-templates",
                        Map.of(
                                "name",
                                "echo",
                                "job_type",
                                "probe",
                                "params",
                                Map.of("echo", Map.of("a", 1), "outcome", "FAILED"),
                                "retry_policy",
                                Map.of("max_attempts", 1)));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        String template = made.get("template_id");

        String job =
                id(
                        created(
                                caller,
                                Map.of(
                                        "template_id",
                                        template,
                                        "params",
                                        Map.of("echo", Map.of("b", 2)))));
        caller.patch(
                        "/job-templates/" + template,
                        Map.of(
                                "params", Map.of("echo", 9),
                                "retry_policy", Map.of("max_attempts", 3)))
                .isOk();
        house.drain();

        List<JsonNode> chain = chain(caller, job);
        assertThat(chain).hasSize(2);
        assertThat(chain.getLast().path("template_id").asString()).isEqualTo(template);
        assertThat(job(caller, job).at("/params/echo").toString()).isEqualTo("{\"b\":2}");

        assertThat(caller.delete("/job-templates/" + template).isOk().get("status"))
                .isEqualTo("ARCHIVED");
        caller.post("/jobs", Map.of("template_id", template)).isRefused(409, "CONFLICT");
        caller.post("/jobs", Map.of("template_id", UUID.randomUUID().toString()))
                .isRefused(404, "RESOURCE_NOT_FOUND");
    }

    @Test
    void a_schedule_is_kept_changed_triggered_and_deleted() {
        Caller caller = tenant();
        String template =
                caller.post("/job-templates", Map.of("name", "t", "job_type", "probe"))
                        .get("template_id");
        Answer made =
                caller.post(
                        "/schedules",
                        Map.of(
                                "template_id", template,
                                "name", "nightly",
                                "cron", "0 2 * * *",
                                "timezone", "Europe/Berlin",
                                "param_overrides", Map.of("echo", 1)));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        String schedule = made.get("schedule_id");
        assertThat(made.get("next_trigger_at")).isNotEmpty();

        Answer job = caller.post("/schedules/" + schedule + "/trigger", Map.of());
        assertThat(job.status()).as(job.text()).isEqualTo(201);
        assertThat(job.get("schedule_id")).isEqualTo(schedule);
        assertThat(job.field("params").toString()).isEqualTo("{\"echo\":1}");

        Answer disabled = caller.post("/schedules/" + schedule + "/disable", Map.of()).isOk();
        assertThat(disabled.field("enabled").asBoolean(true)).isFalse();
        assertThat(job(caller, job.get("job_id")).path("state").asString()).isEqualTo("QUEUED");
        caller.patch("/schedules/" + schedule, Map.of("cron", "every day"))
                .isRefused(400, "INVALID_CRON");
        caller.patch("/schedules/" + schedule, Map.of("timezone", "Mars/North"))
                .isRefused(400, "INVALID_TIMEZONE");
        assertThat(caller.get("/schedules").isOk().list("schedules")).hasSize(1);
        caller.delete("/schedules/" + schedule).isOk();
        caller.get("/schedules/" + schedule).isRefused(404, "RESOURCE_NOT_FOUND");
        house.drain();
    }

    @Test
    void a_pipeline_asked_for_as_a_job_runs_with_its_quotas() {
        Caller caller = tenant();
        Map<String, Object> params =
                Map.of(
                        "template",
                        "system/diagnostics/probe",
                        "parameters",
                        Map.of("echo", "pipeline"));

        JsonNode job = created(caller, Map.of("type", "pipeline", "params", params));
        house.drain();

        assertThat(job(caller, id(job)).path("state").asString()).isEqualTo("COMPLETED");
        assertThat(House.state(caller, id(job))).isEqualTo("COMPLETED");
        caller.post("/jobs", Map.of("type", "pipeline", "params", Map.of()))
                .isRefused(422, "INVALID_FIELD");
        caller.post("/jobs", Map.of("type", "pipeline", "params", Map.of("template", "a/b/c")))
                .isRefused(404, "PIPELINE_NOT_FOUND");
    }

    static List<Map<String, Object>> faultyJobs() {
        return List.of(
                Map.of(),
                Map.of("type", "unheard_of"),
                Map.of("type", "probe", "priority", 101),
                Map.of("type", "probe", "priority", -1),
                Map.of("type", "probe", "params", List.of(1)),
                Map.of("type", "probe", "surprise", 1),
                Map.of("type", "probe", "retry_policy", Map.of("max_attempts", 11)),
                Map.of("type", "probe", "retry_policy", Map.of("attempts", 1)),
                Map.of("template_id", "no id"));
    }

    @ParameterizedTest
    @MethodSource("faultyJobs")
    void a_faulty_job_is_refused_with_its_field(Map<String, Object> body) {
        Answer refused = tenant().post("/jobs", body);

        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.list("errors")).as(refused.text()).isNotEmpty();
    }

    @Test
    void params_that_make_no_sense_are_accepted_and_fail() {
        Caller caller = tenant();
        String job = id(created(caller, probe(Map.of("outcome", "NONSENSE"))));
        house.drain();

        assertThat(chain(caller, job))
                .hasSize(4)
                .allMatch(attempt -> attempt.path("state").asString().equals("FAILED"));
    }

    @Test
    void the_same_key_makes_one_job() {
        Caller caller = tenant().with("Idempotency-Key", UUID.randomUUID().toString());
        Answer first = caller.post("/jobs", Map.of("type", "probe"));
        Answer second = caller.post("/jobs", Map.of("type", "probe"));

        assertThat(second.get("job_id")).isEqualTo(first.get("job_id"));
        assertThat(caller.post("/jobs", Map.of("type", "story")).status()).isEqualTo(422);
        house.drain();
    }
}
