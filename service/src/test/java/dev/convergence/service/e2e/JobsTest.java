package dev.convergence.service.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.service.RunningServer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// A tenant's jobs in a lane of one: asked for, put in order, executed, tried again, cancelled.
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
    void higher_priorities_go_first_and_equals_in_the_order_of_arrival() {
        Caller caller = tenant();
        List<String> jobs =
                Stream.of(1, 10, 5, 5, 10)
                        .map(p -> id(created(caller, Map.of("type", "probe", "priority", p))))
                        .toList();

        house.drain();

        assertThat(inOrderOfStart(caller, jobs))
                .containsExactly(
                        jobs.get(1), jobs.get(4), jobs.get(2), jobs.get(3), jobs.get(0));
    }

    @Test
    void positions_are_seen_changed_and_kept_by_the_claims() {
        Caller caller = tenant();
        List<String> jobs = probes(caller, 4);
        assertThat(positions(caller, jobs)).containsExactly(100L, 200L, 300L, 400L);

        caller.patch("/jobs/" + jobs.get(2), Map.of("position", 50)).isOk();
        assertThat(positions(caller, jobs)).containsExactly(100L, 200L, 50L, 400L);
        assertThat(ranks(caller, jobs)).containsExactly(2, 3, 1, 4);

        caller.patch("/jobs/" + jobs.get(3), Map.of("position", 150)).isOk();
        assertThat(ranks(caller, jobs)).containsExactly(2, 4, 1, 3);

        List<String> wish = List.of(jobs.get(1), jobs.get(0), jobs.get(3), jobs.get(2));
        Answer ordered = caller.post("/jobs/reorder", Map.of("job_ids", wish)).isOk();
        assertThat(ordered.list("jobs"))
                .extracting(job -> job.path("position").asLong())
                .containsExactly(50L, 100L, 150L, 200L);

        house.drain();
        assertThat(inOrderOfStart(caller, jobs)).isEqualTo(wish);
    }

    @Test
    void a_job_that_changes_its_level_goes_to_its_end() {
        Caller caller = tenant();
        List<String> high = new ArrayList<>();
        String low = id(created(caller, Map.of("type", "probe", "priority", 1)));
        high.add(id(created(caller, Map.of("type", "probe", "priority", 5))));
        high.add(id(created(caller, Map.of("type", "probe", "priority", 5))));

        JsonNode moved = caller.patch("/jobs/" + low, Map.of("priority", 5)).isOk().json();

        assertThat(moved.path("position").asLong()).isEqualTo(300);
        assertThat(moved.path("queue_rank").asInt()).isEqualTo(3);
        caller.post("/jobs/reorder", Map.of("job_ids", List.of(low, low)))
                .isRefused(422, "INVALID_FIELD");
        String other = id(created(caller, Map.of("type", "probe", "priority", 9)));
        caller.post("/jobs/reorder", Map.of("job_ids", List.of(low, other)))
                .isRefused(422, "INVALID_FIELD");
        house.drain();
        assertThat(inOrderOfStart(caller, List.of(low, high.get(0), high.get(1))))
                .containsExactly(high.get(0), high.get(1), low);
    }

    @Test
    void params_change_while_a_job_waits_and_never_after() {
        Caller caller = tenant();
        String job = probes(caller, 1).getFirst();

        caller.patch("/jobs/" + job, Map.of("params", Map.of("echo", 2))).isOk();
        house.drain();

        JsonNode run = runs(caller, job).getFirst();
        assertThat(run.path("params_snapshot").toString()).isEqualTo("{\"echo\":2}");
        for (Map<String, Object> change :
                List.of(
                        Map.<String, Object>of("params", Map.of("echo", 3)),
                        Map.<String, Object>of("priority", 9),
                        Map.<String, Object>of("position", 50))) {
            caller.patch("/jobs/" + job, change).isRefused(400, "INVALID_REQUEST");
        }
        caller.post("/jobs/reorder", Map.of("job_ids", List.of(job)))
                .isRefused(400, "INVALID_REQUEST");
        assertThat(job(caller, job).path("params").toString()).isEqualTo("{\"echo\":2}");
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
    void a_retry_goes_to_the_end_of_its_level() {
        Caller caller = tenant();
        String fails = id(created(caller, probe(Map.of("fail_times", 1))));
        List<String> others = probes(caller, 2);
        house.drain();

        String retry = id(chain(caller, fails).getLast());
        assertThat(inOrderOfStart(caller, List.of(fails, others.get(0), others.get(1), retry)))
                .containsExactly(fails, others.get(0), others.get(1), retry);
    }

    @Test
    void a_template_is_copied_when_the_job_is_made() {
        Caller caller = tenant();
        Answer made =
                caller.post(
                        "/job-templates",
                        Map.of(
                                "name", "echo",
                                "job_type", "probe",
                                "params", Map.of("echo", Map.of("a", 1), "outcome", "FAILED"),
                                "retry_policy", Map.of("max_attempts", 1)));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        String template = made.get("template_id");

        String job =
                id(created(
                        caller,
                        Map.of(
                                "template_id", template,
                                "params", Map.of("echo", Map.of("b", 2)))));
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

        assertThat(caller.post("/schedules/" + schedule + "/disable", Map.of()).field("enabled"))
                .matches(enabled -> !enabled.asBoolean());
        assertThat(job(caller, job.get("job_id")).path("state").asString()).isEqualTo("QUEUED");
        caller.patch("/schedules/" + schedule, Map.of("cron", "every day"))
                .isRefused(422, "INVALID_FIELD");
        caller.patch("/schedules/" + schedule, Map.of("timezone", "Mars/North"))
                .isRefused(422, "INVALID_FIELD");
        assertThat(caller.get("/schedules").isOk().list("schedules")).hasSize(1);
        caller.delete("/schedules/" + schedule).isOk();
        caller.get("/schedules/" + schedule).isRefused(404, "RESOURCE_NOT_FOUND");
        house.drain();
    }

    @Test
    void lists_are_filtered_and_go_on_where_their_page_ended() {
        Caller caller = tenant();
        List<String> jobs = probes(caller, 3);
        caller.delete("/jobs/" + jobs.get(0)).isOk();

        Answer first = caller.get("/jobs?limit=2").isOk();
        Answer second = caller.get("/jobs?limit=2&cursor=" + first.get("next_cursor")).isOk();

        assertThat(ids(first)).containsExactly(jobs.get(2), jobs.get(1));
        assertThat(ids(second)).containsExactly(jobs.get(0));
        assertThat(first.number("total")).isEqualTo(3);
        assertThat(first.number("queued_count")).isEqualTo(2);
        assertThat(first.number("running_count")).isZero();
        assertThat(ids(caller.get("/jobs?status=queued"))).hasSize(2);
        assertThat(ids(caller.get("/jobs?state=CANCELLED"))).containsExactly(jobs.get(0));
        assertThat(ids(caller.get("/jobs?type=story"))).isEmpty();
        assertThat(ids(caller.get("/jobs?since=2999-01-01T00:00:00Z"))).isEmpty();
        house.drain();
        assertThat(ids(caller.get("/jobs?state=COMPLETED"))).hasSize(2);
        assertThat(caller.get("/jobs?status=RUNNING").number("total")).isEqualTo(2);
        assertThat(caller.get("/jobs").isOk().number("running_count")).isZero();
        assertThat(caller.get("/job-runs?status=COMPLETED").isOk().list("runs")).hasSize(2);
        assertThat(caller.get("/job-runs?status=FAILED").isOk().list("runs")).isEmpty();
    }

    @Test
    void a_pipeline_asked_for_as_a_job_runs_with_its_quotas() {
        Caller caller = tenant();
        Map<String, Object> params =
                Map.of(
                        "template", "system/diagnostics/probe",
                        "parameters", Map.of("echo", "pipeline"));

        JsonNode job = created(caller, Map.of("type", "pipeline", "params", params));
        house.drain();

        assertThat(job(caller, id(job)).path("state").asString()).isEqualTo("COMPLETED");
        assertThat(House.state(caller, id(job))).isEqualTo("COMPLETED");
        caller.post("/jobs", Map.of("type", "pipeline", "params", Map.of()))
                .isRefused(422, "INVALID_FIELD");
        caller.post("/jobs", Map.of("type", "pipeline", "params", Map.of("template", "a/b/c")))
                .isRefused(404, "PIPELINE_NOT_FOUND");
    }

    @Test
    void nobody_else_sees_or_changes_a_tenants_jobs() {
        Caller owner = tenant();
        Caller other = tenant();
        String template =
                owner.post("/job-templates", Map.of("name", "t", "job_type", "probe"))
                        .get("template_id");
        JsonNode job = created(owner, probe(Map.of("echo", "secret")));
        house.drain();
        String run = job(owner, id(job)).path("run_id").asString();
        String waiting = probes(owner, 1).getFirst();

        for (String path :
                List.of(
                        "/jobs/" + id(job),
                        "/jobs/" + id(job) + "/runs",
                        "/jobs/" + id(job) + "/chain",
                        "/job-runs/" + run,
                        "/job-runs/" + run + "/log",
                        "/job-runs/" + run + "/artifacts/echo",
                        "/job-templates/" + template)) {
            other.get(path).isRefused(404, "RESOURCE_NOT_FOUND");
        }
        other.patch("/jobs/" + waiting, Map.of("priority", 9)).isRefused(404, "RESOURCE_NOT_FOUND");
        other.delete("/jobs/" + waiting).isRefused(404, "RESOURCE_NOT_FOUND");
        other.post("/jobs/" + waiting + "/cancel", Map.of()).isRefused(404, "RESOURCE_NOT_FOUND");
        other.post("/jobs/reorder", Map.of("job_ids", List.of(waiting)))
                .isRefused(404, "RESOURCE_NOT_FOUND");
        other.post("/job-runs/" + run + "/retry", Map.of()).isRefused(404, "RESOURCE_NOT_FOUND");
        other.post("/jobs", Map.of("template_id", template)).isRefused(404, "RESOURCE_NOT_FOUND");
        other.post("/schedules", Map.of("template_id", template, "name", "n", "cron", "@daily"))
                .isRefused(404, "RESOURCE_NOT_FOUND");
        assertThat(ids(other.get("/jobs"))).isEmpty();
        assertThat(other.get("/job-runs").isOk().list("runs")).isEmpty();
        assertThat(job(owner, waiting).path("state").asString()).isEqualTo("QUEUED");
        house.drain();
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

    @Test
    void a_stopped_queue_starts_nothing_until_it_is_drained_and_started() {
        Caller caller = tenant();
        String running = id(created(caller, probe(Map.of("duration_ms", 2_500))));
        String waiting = probes(caller, 1).getFirst();
        house.processNext();

        Answer stopping = caller.post("/scheduler/stop", Map.of("timeout", 1)).isOk();
        assertThat(stopping.field("success").asBoolean()).isFalse();
        assertThat(stopping.get("state")).isEqualTo("STOPPING");
        caller.post("/scheduler/start", Map.of()).isRefused(409, "CONFLICT");
        assertThat(queue(caller).path("current_job_id").asString()).isEqualTo(running);
        assertThat(queue(caller).path("queue_length").asInt()).isEqualTo(1);

        Answer stopped = caller.post("/scheduler/stop", Map.of("timeout", 20)).isOk();
        assertThat(stopped.field("success").asBoolean()).isTrue();
        house.processNext();
        assertThat(job(caller, waiting).path("state").asString()).isEqualTo("QUEUED");
        assertThat(queue(caller).path("scheduler_running").asBoolean()).isFalse();

        Answer started = caller.post("/scheduler/start", Map.of()).isOk();
        assertThat(started.field("recovery_stats").path("running_jobs_recovered").asInt(-1))
                .isZero();
        house.drain();
        assertThat(job(caller, waiting).path("state").asString()).isEqualTo("COMPLETED");
        assertThat(caller.post("/scheduler/start", Map.of()).isOk().field("recovery_stats"))
                .matches(JsonNode::isNull);
        caller.post("/scheduler/stop", Map.of("timeout", 0)).isRefused(422, "INVALID_FIELD");
        caller.post("/scheduler/stop", Map.of("timeout", 301)).isRefused(422, "INVALID_FIELD");
        assertThat(queue(caller).at("/cumulative_stats/succeeded").asInt()).isEqualTo(2);
    }

    private static Map<String, Object> probe(Map<String, Object> params) {
        return Map.of("type", "probe", "params", params);
    }

    private static List<String> probes(Caller caller, int count) {
        return Stream.generate(() -> id(created(caller, Map.of("type", "probe"))))
                .limit(count)
                .toList();
    }

    private static JsonNode created(Caller caller, Map<String, ?> body) {
        Answer answer = caller.post("/jobs", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    private static String id(JsonNode job) {
        return job.path("job_id").asString();
    }

    private static JsonNode job(Caller caller, String id) {
        return caller.get("/jobs/" + id).isOk().json();
    }

    private static List<JsonNode> runs(Caller caller, String job) {
        return caller.get("/jobs/" + job + "/runs").isOk().list("runs");
    }

    private static List<JsonNode> chain(Caller caller, String job) {
        return caller.get("/jobs/" + job + "/chain").isOk().list("jobs");
    }

    private static List<String> ids(Answer list) {
        return list.isOk().list("jobs").stream().map(JobsTest::id).toList();
    }

    private static JsonNode queue(Caller caller) {
        return caller.get("/scheduler/status").isOk().json();
    }

    private static List<Long> positions(Caller caller, List<String> jobs) {
        return jobs.stream().map(id -> job(caller, id).path("position").asLong()).toList();
    }

    private static List<Integer> ranks(Caller caller, List<String> jobs) {
        return jobs.stream().map(id -> job(caller, id).path("queue_rank").asInt()).toList();
    }

    private static List<String> inOrderOfStart(Caller caller, List<String> jobs) {
        return jobs.stream()
                .map(id -> job(caller, id))
                .sorted(Comparator.comparing(job -> Instant.parse(job.path("started_at").asString())))
                .map(JobsTest::id)
                .toList();
    }
}
