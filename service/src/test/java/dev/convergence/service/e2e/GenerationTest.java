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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Stories and research over HTTP, with models that speak their vendors' protocols.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GenerationTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String STORY = "# The Lamp\n\nIt burned, and nobody had lit it.\n";
    private static final String CARD =
            "{\"title\": \"Lamps\", \"summary\": \"They burn.\", \"key_concepts\": [\"light\"],}";

    private final FakeModels fakes = FakeModels.start();
    private RunningServer server;
    private House house;

    @BeforeAll
    void open(@TempDir Path folder) {
        Map<String, String> environment = new HashMap<>(fakes.environment());
        environment.put("CONVERGENCE_WORKERS", "4");
        environment.put("CONVERGENCE_POOLS", "gpu=2");
        server = RunningServer.start(folder, environment);
        house = new House(server);
    }

    @AfterAll
    void close() {
        server.close();
        fakes.close();
    }

    @Test
    void a_story_is_asked_for_written_and_downloaded() {
        Caller tenant = house.onboard("gen_story", "PROFESSIONAL");
        fakes.always(Vendor.GEMINI, new Turn.Says(STORY));

        JsonNode job = created(tenant, "story", Map.of("model", "gemini:gemini-3-flash"));
        assertThat(job.path("status").asString()).isEqualTo("QUEUED");
        JsonNode run = ended(tenant, job);

        assertThat(run.path("status").asString()).isEqualTo("COMPLETED");
        assertThat(run.path("artifacts").toString())
                .isEqualTo("[\"story.md\",\"story_metadata.json\"]");
        assertThat(run.at("/result/provider").asString()).isEqualTo("gemini");
        assertThat(run.at("/result/token_usage/total").asInt()).isEqualTo(18);
        String path = "/job-runs/" + run.path("run_id").asString();
        assertThat(tenant.get(path + "/artifacts/story.md").isOk().text()).contains("# The Lamp");
        assertThat(tenant.get(path + "/log").isOk().text()).contains("Asking gemini");
        Caller other = house.onboard("gen_other", "PROFESSIONAL");
        other.get(path + "/artifacts/story.md").isRefused(404, "RESOURCE_NOT_FOUND");
    }

    @Test
    void a_story_that_its_caller_waits_for_comes_with_the_answer() {
        Caller tenant = house.onboard("gen_direct", "PROFESSIONAL");
        fakes.always(Vendor.GEMINI, new Turn.Says(STORY));
        fakes.always(Vendor.OLLAMA, new Turn.Says(CARD));

        Answer story =
                tenant.post("/story/generate", Map.of("model", "gemini:gemini-3-flash")).isOk();
        Answer card = tenant.post("/research/run", Map.of("topic", "lamps without oil")).isOk();
        Answer failed = tenant.post("/research/run", Map.of("topic", "short")).isOk();

        assertThat(story.field("success").asBoolean()).isTrue();
        assertThat(story.get("title")).isEqualTo("The Lamp");
        assertThat(story.get("story")).contains("nobody had lit it");
        assertThat(story.number("word_count")).isPositive();
        assertThat(story.field("metadata").path("stories")).hasSize(1);
        assertThat(story.field("webhook_triggered").asBoolean(true)).isFalse();
        assertThat(file(tenant, story.get("file_path"))).isEqualTo(story.get("story"));
        assertThat(card.get("card_id")).startsWith("RC-");
        assertThat(card.get("message")).startsWith("Lamps was written");
        assertThat(file(tenant, card.get("output_path"))).contains(card.get("card_id"));
        assertThat(failed.field("success").asBoolean(true)).isFalse();
        assertThat(failed.get("error")).contains("topic");
        assertThat(failed.field("output_path").isNull()).isTrue();
    }

    private static String file(Caller tenant, String path) {
        return tenant.get(path.replace("/api/v1", "")).isOk().text();
    }

    @Test
    void local_work_of_two_tenants_takes_turns_and_a_cancelled_one_hangs_up() throws Exception {
        Caller first = house.onboard("gen_local_a", "SCALE");
        Caller second = house.onboard("gen_local_b", "SCALE");
        CountDownLatch hungUp = new CountDownLatch(1);
        fakes.next(Vendor.OLLAMA, new Turn.Drips(hungUp));
        fakes.always(Vendor.OLLAMA, new Turn.Says(CARD));
        Map<String, Object> asked = Map.of("topic", "lamps without oil");
        int before = fakes.seen(Vendor.OLLAMA).size();

        JsonNode running = created(first, "research", asked);
        eventually("it is asked", SOON, () -> fakes.seen(Vendor.OLLAMA).size() > before);
        JsonNode waiting = created(second, "research", asked);
        JsonNode external = created(second, "story", Map.of("model", "openai:gpt-5"));
        fakes.always(Vendor.OPENAI, new Turn.Says(STORY));
        ended(second, external);
        assertThat(state(second, waiting)).isEqualTo("QUEUED");
        assertThat(state(first, running)).isEqualTo("RUNNING");

        first.post("/jobs/" + running.path("job_id").asString() + "/cancel", Map.of()).isOk();

        assertThat(hungUp.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(ended(first, running).path("status").asString()).isEqualTo("FAILED");
        assertThat(ended(second, waiting).path("status").asString()).isEqualTo("COMPLETED");
        assertThat(fakes.mostAtOnce(Vendor.OLLAMA)).isOne();
    }

    @Test
    void params_that_name_a_local_model_later_make_the_job_wait_for_it() {
        Caller tenant = house.onboard("gen_patched", "PROFESSIONAL");
        tenant.post("/scheduler/stop", Map.of()).isOk();
        JsonNode job = created(tenant, "story", Map.of("model", "openai:gpt-5"));

        JsonNode changed =
                tenant.patch(
                                "/jobs/" + job.path("job_id").asString(),
                                Map.of("params", Map.of("model", "ollama:llama3")))
                        .isOk()
                        .json();

        assertThat(job.path("resource").isNull()).isTrue();
        assertThat(changed.path("resource").asString()).isEqualTo("ollama-local");
    }

    @Test
    void bad_params_are_accepted_and_fail_four_times() {
        Caller tenant = house.onboard("gen_bad", "PROFESSIONAL");

        JsonNode job = created(tenant, "research", Map.of("model", List.of("not", "a", "name")));
        eventually(
                "four attempts",
                SOON,
                () -> tenant.get("/job-runs?type=research").isOk().list("runs").size() == 4);

        for (JsonNode run : tenant.get("/job-runs?type=research").isOk().list("runs")) {
            JsonNode of = ended(tenant, run);
            assertThat(of.path("status").asString()).isEqualTo("FAILED");
            assertThat(of.path("error").asString()).contains("model");
            assertThat(of.path("exit_code").asInt()).isEqualTo(1);
            assertThat(
                            tenant.get("/job-runs/" + of.path("run_id").asString() + "/log")
                                    .isOk()
                                    .text())
                    .contains("INVALID_PARAMETER");
        }
        assertThat(state(tenant, job)).isEqualTo("FAILED");
    }

    private static JsonNode created(Caller tenant, String type, Map<String, Object> params) {
        Answer answer = tenant.post("/jobs", Map.of("type", type, "params", params));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    private static String state(Caller tenant, JsonNode job) {
        return tenant.get("/jobs/" + job.path("job_id").asString()).isOk().get("state");
    }

    /// The run of a job, once it has ended.
    private static JsonNode ended(Caller tenant, JsonNode job) {
        String path = "/jobs/" + job.path("job_id").asString() + "/runs";
        eventually(
                "it ends",
                SOON,
                () ->
                        tenant.get(path).isOk().list("runs").stream()
                                .anyMatch(run -> !run.path("status").isNull()));
        return tenant.get(path).isOk().list("runs").getFirst();
    }
}
