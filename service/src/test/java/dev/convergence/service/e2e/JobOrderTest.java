package dev.convergence.service.e2e;

import static dev.convergence.service.e2e.JobCalls.chain;
import static dev.convergence.service.e2e.JobCalls.created;
import static dev.convergence.service.e2e.JobCalls.id;
import static dev.convergence.service.e2e.JobCalls.ids;
import static dev.convergence.service.e2e.JobCalls.inOrderOfStart;
import static dev.convergence.service.e2e.JobCalls.job;
import static dev.convergence.service.e2e.JobCalls.positions;
import static dev.convergence.service.e2e.JobCalls.probe;
import static dev.convergence.service.e2e.JobCalls.probes;
import static dev.convergence.service.e2e.JobCalls.queue;
import static dev.convergence.service.e2e.JobCalls.ranks;
import static dev.convergence.service.e2e.JobCalls.runs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.service.RunningServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The order of a tenant's queue: seen, changed, kept by the claims, stopped; and who may see it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobOrderTest {

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
        return house.onboard("order_" + tenants++, "STARTER");
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
                .containsExactly(jobs.get(1), jobs.get(4), jobs.get(2), jobs.get(3), jobs.get(0));
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
    void the_queue_is_listed_as_it_will_be_claimed_page_by_page_and_for_its_tenant_only() {
        Caller caller = tenant();
        List<String> jobs =
                Stream.of(1, 10, 5, 5, 10)
                        .map(p -> id(created(caller, Map.of("type", "probe", "priority", p))))
                        .toList();
        List<String> order = Stream.of(1, 4, 2, 3, 0).map(jobs::get).toList();
        assertThat(ids(caller.get("/scheduler/queue/jobs"))).isEqualTo(order);

        Answer first = caller.get("/scheduler/queue/jobs?limit=2").isOk();
        Answer second =
                caller.get("/scheduler/queue/jobs?limit=2&cursor=" + first.get("next_cursor"));
        assertThat(ids(first)).isEqualTo(order.subList(0, 2));
        assertThat(ids(second)).isEqualTo(order.subList(2, 4));
        assertThat(second.list("jobs"))
                .extracting(job -> job.path("queue_rank").asInt())
                .containsExactly(3, 4);

        caller.post("/jobs/" + order.get(2) + "/cancel", Map.of()).isOk();
        assertThat(ids(caller.get("/scheduler/queue/jobs")))
                .hasSize(4)
                .doesNotContain(order.get(2));
        assertThat(ids(tenant().get("/scheduler/queue/jobs"))).isEmpty();
        caller.get("/scheduler/queue/jobs?cursor=nonsense").isRefused(400, "INVALID_PARAMETER");
        caller.get("/scheduler/queue/jobs?limit=201").isRefused(422, "INVALID_FIELD");
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

    @Test
    void a_stopped_queue_starts_nothing_until_it_is_drained_and_started() {
        Caller caller = tenant();
        String running = id(created(caller, probe(Map.of("duration_ms", 600_000))));
        String waiting = probes(caller, 1).getFirst();
        house.processNext();

        Answer stopping = caller.post("/scheduler/stop", Map.of("timeout", 1)).isOk();
        assertThat(stopping.field("success").asBoolean()).isFalse();
        assertThat(stopping.get("state")).isEqualTo("STOPPING");
        caller.post("/scheduler/start", Map.of()).isRefused(409, "CONFLICT");
        assertThat(queue(caller).path("current_job_id").asString()).isEqualTo(running);
        assertThat(queue(caller).path("queue_length").asInt()).isEqualTo(1);

        caller.post("/jobs/" + running + "/cancel", Map.of()).isOk();
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
        Answer again = caller.post("/scheduler/start", Map.of()).isOk();
        assertThat(again.field("recovery_stats").isNull()).isTrue();
        caller.post("/scheduler/stop", Map.of("timeout", 0)).isRefused(422, "INVALID_FIELD");
        caller.post("/scheduler/stop", Map.of("timeout", 301)).isRefused(422, "INVALID_FIELD");
        assertThat(queue(caller).at("/cumulative_stats/succeeded").asInt()).isEqualTo(1);
    }
}
