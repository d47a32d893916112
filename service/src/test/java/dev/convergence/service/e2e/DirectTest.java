package dev.convergence.service.e2e;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.service.RunningServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Direct executions and reservations as their tenant sees them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DirectTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
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
        callers.shutdown();
        server.close();
    }

    private Caller tenant() {
        return house.onboard("direct_" + tenants++, "SCALE");
    }

    private static String put(Caller caller, int priority, Map<String, Object> params) {
        return caller.post("/jobs", Map.of("type", "probe", "priority", priority, "params", params))
                .get("job_id");
    }

    /// A job that is under way; what was rung for is in the ring a moment later.
    private String running(Caller caller, int priority, Map<String, Object> params) {
        String job = put(caller, priority, params);
        eventually(
                "it runs",
                SOON,
                () -> {
                    house.processNext();
                    return state(caller, job).equals("RUNNING");
                });
        return job;
    }

    private static String state(Caller caller, String job) {
        return caller.get("/jobs/" + job).isOk().get("state");
    }

    private static JsonNode queue(Caller caller) {
        return caller.get("/scheduler/status").isOk().json();
    }

    private static boolean isReserved(Caller caller) {
        return caller.get("/reservations/active").status() == 200;
    }

    @Test
    void on_an_empty_queue_it_is_executed_at_once_and_stands_in_no_list() {
        Caller caller = tenant();

        JsonNode run =
                caller.post("/direct/probe", Map.of("params", Map.of("exit_code", 0, "echo", 1)))
                        .isOk()
                        .json();

        assertThat(run.path("status").asString()).isEqualTo("COMPLETED");
        assertThat(run.path("exit_code").asInt(-1)).isZero();
        assertThat(run.at("/params_snapshot/echo").asInt()).isEqualTo(1);
        assertThat(caller.get("/jobs").isOk().list("jobs")).isEmpty();
        assertThat(caller.get("/job-runs/" + run.path("run_id").asString()).isOk().json())
                .isEqualTo(run);
        assertThat(queue(caller).path("queue_length").asInt(-1)).isZero();
        assertThat(isReserved(caller)).isFalse();
    }

    @Test
    void it_waits_for_what_runs_and_goes_before_what_waits() {
        Caller caller = tenant();
        String running = running(caller, 10, Map.of("duration_ms", 600_000));
        String waiting = put(caller, 5, Map.of());
        CompletableFuture<Answer> direct =
                CompletableFuture.supplyAsync(
                        () -> caller.post("/direct/probe", Map.of()), callers);
        eventually("it waits", SOON, () -> isReserved(caller));
        assertThat(queue(caller).path("has_active_reservation").asBoolean()).isTrue();
        house.processNext();
        assertThat(state(caller, waiting)).isEqualTo("QUEUED");
        caller.post("/direct/probe", Map.of()).isRefused(409, "CONFLICT");

        caller.post("/jobs/" + running + "/cancel", Map.of()).isOk();
        JsonNode run = direct.join().isOk().json();
        house.drain();

        String first = caller.get("/jobs/" + running).get("finished_at");
        String last = caller.get("/jobs/" + waiting).get("started_at");
        assertThat(run.path("started_at").asString()).isGreaterThanOrEqualTo(first);
        assertThat(last).isGreaterThanOrEqualTo(run.path("finished_at").asString());
        assertThat(state(caller, running)).isEqualTo("FAILED"); // it was stopped while it ran
    }

    @Test
    void a_failure_is_an_answer_and_is_not_tried_again() {
        Caller caller = tenant();

        Answer answer =
                caller.post("/direct/probe", Map.of("params", Map.of("outcome", "FAILED"))).isOk();

        assertThat(answer.get("status")).isEqualTo("FAILED");
        assertThat(answer.get("error")).isNotBlank();
        assertThat(queue(caller).path("queue_length").asInt(-1)).isZero();
    }

    @Test
    void when_the_callers_time_is_up_the_work_is_cancelled() {
        Caller caller = tenant();

        String run = "/job-runs/" + runThatTookTooLong(caller);

        eventually("it has stopped", SOON, () -> !caller.get(run).isOk().field("status").isNull());
        assertThat(caller.get(run).get("status")).isEqualTo("FAILED");
        assertThat(isReserved(caller)).isFalse();
    }

    /// On a busy machine a short time may be up before the work begins, which leaves no run.
    private static String runThatTookTooLong(Caller caller) {
        for (int seconds = 1; ; seconds *= 2) {
            Answer answer =
                    caller.post(
                            "/direct/probe",
                            Map.of(
                                    "timeout_seconds",
                                    seconds,
                                    "params",
                                    Map.of("duration_ms", 60_000)));
            answer.isRefused(504, "EXECUTION_TIMEOUT");
            if (answer.field("run_id").isString()) {
                return answer.get("run_id");
            }
        }
    }

    @Test
    void it_works_while_the_queue_is_stopped() {
        Caller caller = tenant();
        caller.post("/scheduler/stop", Map.of()).isOk();

        assertThat(caller.post("/direct/probe", Map.of()).isOk().get("status"))
                .isEqualTo("COMPLETED");
    }

    @Test
    void stories_and_research_have_doors_of_their_own() {
        Caller caller = tenant();

        Answer story = caller.post("/story/generate", Map.of("target_length", 300));
        Answer research =
                caller.post("/research/run", Map.of("topic", "x", "timeout_seconds", "soon"));

        assertThat(story.isOk().get("job_type")).isEqualTo("story");
        assertThat(story.json().at("/params_snapshot/target_length").asInt()).isEqualTo(300);
        assertThat(story.get("story_id")).isEqualTo(story.get("run_id"));
        assertThat(story.field("success").asBoolean(true)).as("no model is there").isFalse();
        assertThat(story.field("story").isNull()).isTrue();
        research.isRefused(422, "INVALID_FIELD");
    }

    @Test
    void a_client_that_goes_away_while_it_waits_gives_the_queue_back() throws IOException {
        Caller caller = tenant();
        String running = running(caller, 5, Map.of("duration_ms", 600_000));
        String body = "{}";
        try (Socket socket = new Socket("localhost", server.address().getPort())) {
            StringBuilder request =
                    new StringBuilder("POST /api/v1/direct/probe HTTP/1.1\r\nHost: localhost\r\n");
            for (int i = 0; i < caller.headers().size(); i += 2) {
                request.append(caller.headers().get(i))
                        .append(": ")
                        .append(caller.headers().get(i + 1))
                        .append("\r\n");
            }
            request.append("Content-Type: application/json\r\nContent-Length: ")
                    .append(body.length())
                    .append("\r\n\r\n")
                    .append(body);
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            eventually("it waits", SOON, () -> isReserved(caller));
        }

        eventually("the lane is free", SOON, () -> !isReserved(caller));
        assertThat(state(caller, running)).isEqualTo("RUNNING");
        caller.post("/jobs/" + running + "/cancel", Map.of()); // the server would wait for it
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "pipeline"})
    void what_cannot_be_done_directly_is_refused(String type) {
        tenant().post("/direct/" + type, Map.of()).isRefused(422, "INVALID_FIELD");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 301})
    void a_timeout_has_its_limits(int seconds) {
        tenant().post("/direct/probe", Map.of("timeout_seconds", seconds))
                .isRefused(422, "INVALID_FIELD");
    }

    @Test
    void a_reservation_keeps_the_queue_until_it_is_released() {
        Caller caller = tenant();
        String job = put(caller, 5, Map.of());
        Answer made =
                caller.post("/reservations", Map.of("reserved_by", "a person", "ttl_seconds", 60));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.get("status")).isEqualTo("ACTIVE");

        house.processNext();
        assertThat(state(caller, job)).isEqualTo("QUEUED");
        Answer second = caller.post("/reservations", Map.of());
        second.isRefused(409, "CONFLICT");
        assertThat(second.get("reservation_id")).isEqualTo(made.get("reservation_id"));
        assertThat(caller.get("/reservations/active").isOk().json()).isEqualTo(made.json());

        String path = "/reservations/" + made.get("reservation_id");
        assertThat(caller.delete(path).isOk().get("status")).isEqualTo("RELEASED");
        assertThat(caller.delete(path).isOk().get("status")).isEqualTo("RELEASED");
        caller.get("/reservations/active").isRefused(404, "RESOURCE_NOT_FOUND");
        house.drain();
        assertThat(state(caller, job)).isEqualTo("COMPLETED");
    }

    @Test
    void a_reservation_ends_with_its_time() {
        Caller caller = tenant();
        caller.post("/reservations", Map.of("ttl_seconds", 1));

        eventually("it has ended", SOON, () -> !isReserved(caller));
    }

    @Test
    void nobody_else_sees_or_releases_it() {
        Caller caller = tenant();
        Caller other = tenant();
        String id = caller.post("/reservations", Map.of()).get("reservation_id");

        other.delete("/reservations/" + id).isRefused(404, "RESOURCE_NOT_FOUND");
        other.get("/reservations/active").isRefused(404, "RESOURCE_NOT_FOUND");
        assertThat(isReserved(caller)).isTrue();
        caller.delete("/reservations/" + id).isOk();
    }

    @Test
    void a_faulty_reservation_is_refused_with_its_field() {
        Caller caller = tenant();
        for (Map<String, Object> body :
                List.<Map<String, Object>>of(
                        Map.of("ttl_seconds", 0),
                        Map.of("ttl_seconds", 3601),
                        Map.of("reserved_by", "x".repeat(201)),
                        Map.of("surprise", 1))) {
            Answer refused = caller.post("/reservations", body);
            assertThat(refused.status()).as(refused.text()).isEqualTo(422);
            assertThat(refused.list("errors")).as(refused.text()).isNotEmpty();
        }
    }
}
