package dev.convergence.service.e2e;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.service.RunningServer;
import dev.convergence.testkit.models.FakeModels;
import dev.convergence.testkit.models.Turn;
import dev.convergence.testkit.models.Vendor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Groups of jobs as their tenant sees them, one execution at a time.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GroupsTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Map<String, Object> GOOD = Map.of("type", "probe");
    private static final Map<String, Object> BAD =
            Map.of("type", "probe", "params", Map.of("outcome", "FAILED"));

    private final FakeModels fakes = FakeModels.start();
    private RunningServer server;
    private House house;
    private Caller owner;
    private Caller other;
    private int tenants;

    @BeforeAll
    void open(@TempDir Path folder) {
        Map<String, String> environment = new HashMap<>(fakes.environment());
        environment.put("CONVERGENCE_WORKERS", "0");
        server = RunningServer.start(folder, environment);
        house = new House(server);
        owner = tenant();
        other = tenant();
    }

    @AfterAll
    void close() {
        server.close();
        fakes.close();
    }

    private Caller tenant() {
        return house.onboard("groups_" + tenants++, "SCALE");
    }

    @SafeVarargs
    private static JsonNode created(
            Caller caller, Map<String, Object> settings, Map<String, Object>... jobs) {
        Map<String, Object> body = new HashMap<>(settings);
        body.put("jobs", List.of(jobs));
        Answer answer = caller.post("/job-groups", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    private static String id(JsonNode group) {
        return group.path("group_id").asString();
    }

    private static JsonNode group(Caller caller, String id) {
        return caller.get("/job-groups/" + id).isOk().json();
    }

    private JsonNode afterOneExecution(Caller caller, String id) {
        eventually("one is taken", SOON, () -> house.processNext().number("processed_count") == 1);
        eventually(
                "the execution ends",
                SOON,
                () -> caller.get("/scheduler/status").isOk().list("running_job_ids").isEmpty());
        return group(caller, id);
    }

    private static List<String> states(JsonNode group) {
        return group.path("jobs").valueStream().map(job -> job.path("state").asString()).toList();
    }

    private static String counts(JsonNode group) {
        return Stream.of("total", "completed", "failed", "skipped", "cancelled")
                .map(name -> group.path("counts").path(name).asString())
                .reduce("", (all, one) -> all + one + " ")
                .strip();
    }

    @Test
    void members_run_in_their_order_and_the_group_ends_with_the_last() {
        JsonNode made = created(owner, Map.of("name", "nightly", "priority", 7), GOOD, GOOD, GOOD);

        assertThat(made.path("status").asString()).isEqualTo("QUEUED");
        assertThat(made.path("mode").asString()).isEqualTo("SEQUENTIAL");
        assertThat(made.path("on_failure").asString()).isEqualTo("STOP");
        assertThat(states(made)).containsExactly("QUEUED", "QUEUED", "QUEUED");
        assertThat(made.path("jobs").valueStream().map(j -> j.path("sequence_number").asInt()))
                .containsExactly(0, 1, 2);
        assertThat(made.path("jobs").valueStream().map(j -> j.path("priority").asInt()))
                .containsOnly(7);

        JsonNode first = afterOneExecution(owner, id(made));
        assertThat(states(first)).containsExactly("COMPLETED", "QUEUED", "QUEUED");
        assertThat(first.path("started_at").isNull()).isFalse();
        assertThat(first.path("finished_at").isNull()).isTrue();
        afterOneExecution(owner, id(made));
        JsonNode last = afterOneExecution(owner, id(made));

        assertThat(last.path("status").asString()).isEqualTo("COMPLETED");
        assertThat(last.path("finished_at").isNull()).isFalse();
        assertThat(counts(last)).isEqualTo("3 3 0 0 0");
        assertThat(owner.get("/jobs?group_id=" + id(made)).isOk().list("jobs")).hasSize(3);
    }

    @Test
    void a_member_that_fails_for_good_has_the_rest_skipped() {
        String group = id(created(owner, Map.of(), GOOD, BAD, GOOD));
        for (int execution = 0; execution < 4; execution++) {
            assertThat(afterOneExecution(owner, group).path("finished_at").isNull()).isTrue();
        }
        assertThat(states(group(owner, group))).doesNotContain("SKIPPED");

        JsonNode ended = afterOneExecution(owner, group);

        assertThat(ended.path("status").asString()).isEqualTo("PARTIAL");
        assertThat(states(ended))
                .containsExactly("COMPLETED", "FAILED", "FAILED", "FAILED", "FAILED", "SKIPPED");
        assertThat(counts(ended)).isEqualTo("3 1 1 1 0");
        JsonNode skipped = ended.path("jobs").path(5);
        assertThat(skipped.path("status").asString()).isEqualTo("CANCELLED");
        JsonNode run = owner.get("/job-runs/" + skipped.path("run_id").asString()).isOk().json();
        assertThat(run.path("status").asString()).isEqualTo("SKIPPED");
        assertThat(run.path("error").asString()).isNotBlank();
    }

    @Test
    void a_group_whose_member_succeeds_when_tried_again_is_completed() {
        Map<String, Object> second = Map.of("type", "probe", "params", Map.of("fail_times", 1));
        String group = id(created(owner, Map.of(), GOOD, second));

        house.drain();

        assertThat(group(owner, group).path("status").asString()).isEqualTo("COMPLETED");
    }

    @Test
    void a_manual_retry_of_a_member_runs_alone() {
        String group = id(created(owner, Map.of("on_failure", "continue"), BAD, GOOD));
        house.drain();
        JsonNode before = group(owner, group);
        String run = before.path("jobs").path(3).path("run_id").asString();

        Answer retry = owner.post("/job-runs/" + run + "/retry", Map.of());
        house.drain();

        assertThat(retry.status()).as(retry.text()).isEqualTo(201);
        assertThat(group(owner, group)).isEqualTo(before);
        assertThat(counts(before)).isEqualTo("2 1 1 0 0");
    }

    @Test
    void a_cancelled_group_lets_what_runs_end_and_starts_nothing_more() {
        CountDownLatch answered = new CountDownLatch(1);
        fakes.next(Vendor.OPENAI, new Turn.Waits(answered, "# The Lamp\n\nNobody had lit it.\n"));
        Map<String, Object> slow =
                Map.of("type", "story", "params", Map.of("model", "openai:gpt-5"));
        String group = id(created(owner, Map.of(), slow, GOOD));
        eventually("one is taken", SOON, () -> house.processNext().number("processed_count") == 1);

        Answer cancelling = owner.post("/job-groups/" + group + "/cancel", Map.of()).isOk();
        assertThat(cancelling.get("status")).isEqualTo("RUNNING");
        answered.countDown();
        eventually("it ends", SOON, () -> !group(owner, group).path("finished_at").isNull());

        JsonNode ended = group(owner, group);
        assertThat(ended.path("status").asString()).isEqualTo("CANCELLED");
        assertThat(states(ended)).containsExactly("COMPLETED", "CANCELLED");
        assertThat(owner.post("/job-groups/" + group + "/cancel", Map.of()).isOk().json())
                .isEqualTo(ended);
    }

    @Test
    void a_member_that_its_tenant_cancels_lets_the_next_one_go() {
        JsonNode made = created(owner, Map.of(), GOOD, GOOD);
        String first = made.path("jobs").path(0).path("job_id").asString();

        owner.delete("/jobs/" + first).isOk();
        house.drain();

        JsonNode ended = group(owner, id(made));
        assertThat(ended.path("status").asString()).isEqualTo("PARTIAL");
        assertThat(counts(ended)).isEqualTo("2 1 0 0 1");
    }

    @Test
    void a_later_member_with_a_higher_priority_overtakes_nobody() {
        JsonNode made = created(owner, Map.of("mode", "sequential"), GOOD, GOOD);
        String second = made.path("jobs").path(1).path("job_id").asString();
        owner.patch("/jobs/" + second, Map.of("priority", 50)).isOk();

        JsonNode first = afterOneExecution(owner, id(made));

        assertThat(states(first)).containsExactly("COMPLETED", "QUEUED");
        house.drain();
    }

    @Test
    void members_are_made_of_templates_too() {
        String template =
                owner.post(
                                "/job-templates",
                                Map.of(
                                        "name",
                                        "echo",
                                        "job_type",
                                        "probe",
                                        "params",
                                        Map.of("echo", "from the template")))
                        .get("template_id");
        JsonNode made = created(owner, Map.of(), Map.of("template_id", template));

        assertThat(made.at("/jobs/0/params/echo").asString()).isEqualTo("from the template");
        assertThat(made.at("/jobs/0/template_id").asString()).isEqualTo(template);
        other.post("/job-groups", Map.of("jobs", List.of(Map.of("template_id", template))))
                .isRefused(404, "RESOURCE_NOT_FOUND");
        house.drain();
    }

    @Test
    void nobody_else_sees_or_cancels_it() {
        String group = id(created(owner, Map.of("mode", "PARALLEL"), GOOD, GOOD));

        other.get("/job-groups/" + group).isRefused(404, "RESOURCE_NOT_FOUND");
        other.post("/job-groups/" + group + "/cancel", Map.of())
                .isRefused(404, "RESOURCE_NOT_FOUND");
        assertThat(other.get("/job-groups").isOk().list("job_groups")).isEmpty();
        Caller.nobody(server).get("/job-groups/" + group).isRefused(401, "UNAUTHORIZED");
        assertThat(group(owner, group).path("status").asString()).isEqualTo("QUEUED");
        house.drain();
    }

    @Test
    void a_list_goes_on_where_its_page_ended() {
        Caller caller = tenant();
        String older = id(created(caller, Map.of(), GOOD));
        String newer = id(created(caller, Map.of(), GOOD));

        Answer first = caller.get("/job-groups?limit=1").isOk();
        Answer second = caller.get("/job-groups?cursor=" + first.get("next_cursor")).isOk();

        assertThat(first.list("job_groups")).extracting(GroupsTest::id).containsExactly(newer);
        assertThat(second.list("job_groups")).extracting(GroupsTest::id).containsExactly(older);
        house.drain();
    }

    @Test
    void the_same_key_makes_one_group() {
        Caller caller = tenant().with("Idempotency-Key", UUID.randomUUID().toString());
        Map<String, Object> body = Map.of("jobs", List.of(GOOD));

        String first = caller.post("/job-groups", body).get("group_id");

        assertThat(caller.post("/job-groups", body).get("group_id")).isEqualTo(first);
        house.drain();
    }

    static Stream<Map<String, Object>> faultyGroups() {
        return Stream.of(
                Map.of(),
                Map.of("jobs", List.of()),
                Map.of("jobs", java.util.Collections.nCopies(201, GOOD)),
                Map.of("jobs", List.of(Map.of("type", "nonsense"))),
                Map.of("jobs", List.of(Map.of("type", "pipeline"))),
                Map.of("jobs", List.of(Map.of("type", "probe", "surprise", 1))),
                Map.of("jobs", List.of(Map.of("template_id", "no id"))),
                Map.of("jobs", List.of(GOOD), "mode", "RANDOM"),
                Map.of("jobs", List.of(GOOD), "on_failure", "PANIC"),
                Map.of("jobs", List.of(GOOD), "priority", 101),
                Map.of("jobs", List.of(GOOD), "surprise", 1),
                Map.of("jobs", "all"));
    }

    @ParameterizedTest
    @MethodSource("faultyGroups")
    void a_faulty_group_is_refused_with_its_field(Map<String, Object> body) {
        Answer refused = owner.post("/job-groups", body);

        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.list("errors")).as(refused.text()).isNotEmpty();
    }
}
