package dev.convergence.service.generation;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.Rooms;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.testkit.models.FakeModels;
import dev.convergence.testkit.models.Turn;
import dev.convergence.testkit.models.Vendor;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The five scenarios of real generation, and what else can happen to one, on the engine.
class GenerationJobsTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Map<String, Object> LOCAL =
            Map.of("topic", "bells under water", "model", "ollama:qwen3:30b");

    private final Workshop workshop = new Workshop();
    private final FakeModels fakes = workshop.fakes;
    private final Rooms node = workshop.node(4);
    private final TenantId acme = workshop.tenant("acme");
    private final TenantId globex = workshop.tenant("globex");

    @AfterEach
    void close() throws IOException, InterruptedException {
        workshop.close();
    }

    @Test
    void pipe_01_a_story_of_an_external_model_is_written_and_kept() {
        fakes.always(Vendor.ANTHROPIC, new Turn.Says(Written.STORY));

        JobId job =
                workshop.done(
                        acme, "story", Map.of("model", "claude-opus-5", "target_length", 300));

        assertThat(workshop.state(job)).isEqualTo("COMPLETED");
        assertThat(workshop.run(job, "exit_code")).isEqualTo("0");
        assertThat(workshop.pool(job)).isEmpty();
        assertThat(workshop.files(acme, job)).containsExactly("story.md", "story_metadata.json");
        assertThat(workshop.file(acme, job, "story.md"))
                .startsWith("---\ntitle: \"The Second Bell\"\ndate: 2026-11-22\n")
                .contains("tags: [\"sea\", \"bell\", \"harbour\"]")
                .contains("\n# The Second Bell\n\nThe tide came in")
                .doesNotContain("Tags: sea");
        JsonNode metadata = workshop.json(acme, job, "story_metadata.json");
        assertThat(metadata.path("run_id").asString()).isEqualTo(job.run().toString());
        assertThat(metadata.path("prompt").asString()).isEqualTo("story.v1");
        assertThat(metadata.at("/stories/0/length/target").asInt()).isEqualTo(300);
        assertThat(metadata.at("/stories/0/dedup/level").asString()).isEqualTo("LOW");
        JsonNode result = workshop.result(job);
        assertThat(result.path("model").asString()).isEqualTo("claude-opus-5");
        assertThat(result.path("provider").asString()).isEqualTo("anthropic");
        assertThat(result.at("/token_usage/total").asInt()).isEqualTo(18);
        assertThat(workshop.log(acme, job)).contains("Asking anthropic", "story.md");
    }

    @Test
    void pipe_02_a_card_of_the_local_model_is_found_and_kept_and_the_model_is_its_alone() {
        CountDownLatch written = new CountDownLatch(1);
        fakes.always(Vendor.OLLAMA, new Turn.Waits(written, Written.CARD));

        JobId job = workshop.ask(acme, "research", LOCAL);
        workshop.start(node);
        eventually("it is asked", SOON, () -> fakes.seen(Vendor.OLLAMA).size() == 1);
        assertThat(workshop.state(job)).isEqualTo("LIVE");
        assertThat(workshop.pool(job)).isEqualTo("ollama-local");
        written.countDown();
        workshop.finish(node);

        assertThat(workshop.state(job)).isEqualTo("COMPLETED");
        assertThat(workshop.files(acme, job)).containsExactly("card.json", "card.md");
        JsonNode card = workshop.json(acme, job, "card.json");
        assertThat(card.path("card_id").asString()).matches("RC-20261122-120000-[0-9a-f]{8}");
        assertThat(card.at("/validation/quality").asString()).isEqualTo("good");
        assertThat(card.at("/canonical_core/setting").asString()).isEqualTo("harbour");
        assertThat(card.at("/output/raw_response").asString()).isEqualTo(Written.CARD.strip());
        assertThat(workshop.file(acme, job, "card.md")).startsWith("# Bells under water\n");
        assertThat(workshop.result(job).path("quality").asString()).isEqualTo("good");
        assertThat(workshop.result(job).path("provider").asString()).isEqualTo("ollama");
    }

    @Test
    void pipe_03_two_local_jobs_of_two_tenants_never_overlap_and_an_external_one_runs_beside() {
        CountDownLatch first = new CountDownLatch(1);
        fakes.next(Vendor.OLLAMA, new Turn.Waits(first, Written.CARD));
        fakes.always(Vendor.OLLAMA, new Turn.Says(Written.CARD));
        fakes.always(Vendor.OPENAI, new Turn.Says(Written.STORY));
        Rooms other = workshop.node(4);

        JobId local = workshop.ask(acme, "research", LOCAL);
        workshop.start(node);
        eventually("it is asked", SOON, () -> fakes.seen(Vendor.OLLAMA).size() == 1);
        JobId second = workshop.ask(globex, "story", Map.of("model", "ollama:llama3"));
        JobId external = workshop.ask(acme, "story", Map.of("model", "openai:gpt-5"));
        eventually(
                "the external one is done",
                SOON,
                () -> {
                    workshop.start(node);
                    workshop.start(other);
                    return workshop.state(external).equals("COMPLETED");
                });

        assertThat(workshop.state(local)).isEqualTo("LIVE");
        assertThat(workshop.state(second)).isEqualTo("LIVE");
        assertThat(fakes.seen(Vendor.OLLAMA)).hasSize(1);
        fakes.next(Vendor.OLLAMA, new Turn.Says(Written.OTHER_STORY));
        first.countDown();
        workshop.finish(other);
        assertThat(List.of(workshop.state(local), workshop.state(second)))
                .containsOnly("COMPLETED");
        assertThat(fakes.mostAtOnce(Vendor.OLLAMA)).isOne();
    }

    @Test
    void pipe_04_a_model_that_is_not_there_fails_four_times_and_every_log_is_kept() {
        fakes.always(Vendor.OLLAMA, Turn.Refuses.with(404, "model 'nope' not found"));

        JobId job =
                workshop.done(
                        acme, "research", Map.of("topic", "bells under water", "model", "nope"));

        List<JobId> retries = workshop.retries(job);
        assertThat(retries).hasSize(3);
        for (JobId attempt : List.of(job, retries.get(0), retries.get(1), retries.get(2))) {
            assertThat(workshop.state(attempt)).isEqualTo("FAILED");
            assertThat(workshop.run(attempt, "error")).contains("no model nope");
            assertThat(workshop.run(attempt, "error_code")).isEqualTo("MODEL_NOT_FOUND");
            assertThat(workshop.run(attempt, "exit_code")).isEqualTo("3");
            assertThat(workshop.log(acme, attempt)).contains("Asking ollama", "MODEL_NOT_FOUND");
            assertThat(workshop.files(acme, attempt)).isEmpty();
        }
    }

    @Test
    void parameters_that_make_no_sense_fail_four_times_and_nobody_is_asked() {
        JobId job = workshop.done(acme, "research", Map.of("topic", "short", "model", "gemini"));

        assertThat(workshop.state(job)).isEqualTo("FAILED");
        assertThat(workshop.run(job, "error")).contains("topic must have 10 to 200 characters");
        assertThat(workshop.retries(job)).hasSize(3);
        assertThat(fakes.seen(Vendor.GEMINI)).isEmpty();
    }

    @Test
    void pipe_05_work_whose_node_dies_is_failed_by_recovery_and_its_retry_completes() {
        CountDownLatch late = new CountDownLatch(1);
        fakes.next(Vendor.ANTHROPIC, new Turn.Waits(late, Written.OTHER_STORY));
        fakes.always(Vendor.ANTHROPIC, new Turn.Says(Written.STORY));
        Rooms doomed = workshop.node(1);
        JobId job = workshop.ask(acme, "story", Map.of());
        workshop.start(doomed);
        eventually("it is asked", SOON, () -> !fakes.seen(Vendor.ANTHROPIC).isEmpty());

        workshop.loseNode(doomed, node);
        assertThat(workshop.state(job)).isEqualTo("FAILED");
        assertThat(workshop.run(job, "error")).containsIgnoringCase("recovery");
        workshop.finish(node);
        late.countDown();
        eventually("the zombie has ended", SOON, () -> doomed.worker().runningCount() == 0);

        JobId retry = workshop.retries(job).getFirst();
        assertThat(workshop.state(retry)).isEqualTo("COMPLETED");
        assertThat(workshop.file(acme, retry, "story.md")).contains("The Second Bell");
        assertThat(workshop.state(job)).isEqualTo("FAILED");
        assertThat(workshop.files(acme, job)).isEmpty();
        assertThat(workshop.retries(job)).hasSize(1);
    }

    @Test
    void an_empty_answer_and_one_that_cannot_be_read_are_failures_and_leave_no_file() {
        fakes.always(Vendor.OLLAMA, new Turn.Says("I would rather not."));
        fakes.always(Vendor.ANTHROPIC, new Turn.Says("# Only a title\n"));

        JobId card = workshop.done(acme, "research", LOCAL);
        JobId story = workshop.done(acme, "story", Map.of());

        assertThat(workshop.run(card, "error_code")).isEqualTo("UNPARSEABLE_ANSWER");
        assertThat(workshop.log(acme, card)).contains("I would rather not.");
        assertThat(workshop.result(card).at("/token_usage/total").asInt()).isEqualTo(18);
        assertThat(workshop.run(story, "error_code")).isEqualTo("EMPTY_ANSWER");
        assertThat(workshop.files(acme, card)).isEmpty();
        assertThat(workshop.files(acme, story)).isEmpty();
    }

    @Test
    void a_cancelled_run_hangs_up_at_once_and_is_not_tried_again() throws Exception {
        CountDownLatch hungUp = new CountDownLatch(1);
        fakes.always(Vendor.OLLAMA, new Turn.Drips(hungUp));
        JobId job = workshop.ask(acme, "research", LOCAL);
        workshop.start(node);
        eventually("it is asked", SOON, () -> !fakes.seen(Vendor.OLLAMA).isEmpty());

        node.queue().cancel(acme, job, "Enough.", workshop.clock.instant());
        node.worker().watchLeases();
        workshop.finish(node);

        assertThat(hungUp.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(workshop.state(job)).isEqualTo("CANCELLED");
        assertThat(workshop.retries(job)).isEmpty();
    }

    @Test
    void no_key_is_in_any_log_error_or_file() {
        fakes.next(
                Vendor.OPENAI,
                Turn.Refuses.with(400, "No such thing: " + FakeModels.KEY),
                Turn.Refuses.with(401, "Incorrect API key provided: " + FakeModels.KEY));
        fakes.always(Vendor.OPENAI, new Turn.Says(Written.STORY));

        JobId job = workshop.done(acme, "story", Map.of("model", "openai:gpt-5"));

        assertThat(workshop.retries(job)).hasSize(2);
        String all =
                workshop.database.read(handle ->
                        handle.createQuery(
                                        """
                                        SELECT string_agg(line, ' ') || (SELECT string_agg(run::text, ' ') FROM run)
                                            || (SELECT string_agg(encode(bytes, 'escape'), ' ') FROM artifact)
                                        FROM run_log
                                        """)
                                .mapTo(String.class)
                                .one());
        assertThat(all).contains("The Second Bell", "***").doesNotContain(FakeModels.KEY);
    }
}
