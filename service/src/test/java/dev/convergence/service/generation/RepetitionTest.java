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
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a new text has to do with those that were written before.
class RepetitionTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final Workshop workshop = new Workshop();
    private final FakeModels fakes = workshop.fakes;
    private final Rooms node = workshop.node(1);
    private final TenantId acme = workshop.tenant("acme");
    private final TenantId globex = workshop.tenant("globex");

    @AfterEach
    void close() throws IOException, InterruptedException {
        eventually("all is put away", SOON, () -> node.worker().runningCount() == 0);
        workshop.close();
    }

    @Test
    void a_story_that_comes_again_is_kept_and_said_to_be_like_the_other() {
        fakes.always(Vendor.ANTHROPIC, new Turn.Says(Written.STORY));
        workshop.done(acme, "story", Map.of());

        JobId again = workshop.done(acme, "story", Map.of());

        assertThat(workshop.state(again)).isEqualTo("COMPLETED");
        var dedup = workshop.json(acme, again, "story_metadata.json").at("/stories/0/dedup");
        assertThat(dedup.path("level").asString()).isEqualTo("HIGH");
        assertThat(dedup.path("nearest_story").asString()).isEqualTo("The Second Bell");
    }

    @Test
    void where_repetition_is_unwanted_it_is_written_anew_until_it_differs() {
        fakes.always(Vendor.ANTHROPIC, new Turn.Says(Written.STORY));
        workshop.done(acme, "story", Map.of());
        fakes.next(
                Vendor.ANTHROPIC,
                new Turn.Says(Written.STORY),
                new Turn.Says(Written.STORY),
                new Turn.Says(Written.OTHER_STORY));

        JobId other = workshop.done(acme, "story", Map.of("enable_dedup", true));

        assertThat(workshop.state(other)).isEqualTo("COMPLETED");
        var story = workshop.json(acme, other, "story_metadata.json").at("/stories/0");
        assertThat(story.path("regenerations").asInt()).isEqualTo(2);
        assertThat(story.at("/token_usage/total").asInt()).isEqualTo(3 * 18);
        assertThat(fakes.seen(Vendor.ANTHROPIC).getLast().body().toString())
                .contains("The tide came in at four");
    }

    @Test
    void what_cannot_be_told_apart_is_skipped_and_not_tried_again() {
        fakes.always(Vendor.ANTHROPIC, new Turn.Says(Written.STORY));
        workshop.done(acme, "story", Map.of());

        JobId again = workshop.done(acme, "story", Map.of("enable_dedup", true, "max_stories", 2));

        assertThat(workshop.state(again)).isEqualTo("SKIPPED");
        assertThat(workshop.run(again, "error")).contains("Duplicate");
        assertThat(workshop.files(acme, again)).isEmpty();
        assertThat(workshop.retries(again)).isEmpty();
        assertThat(fakes.seen(Vendor.ANTHROPIC)).hasSize(1 + 2 * 3);
    }

    @Test
    void another_tenants_stories_and_failed_attempts_do_not_count() {
        fakes.next(
                Vendor.ANTHROPIC,
                new Turn.Says(Written.STORY),
                new Turn.Says(Written.OTHER_STORY),
                Turn.Refuses.with(500, "Broken."));
        fakes.always(Vendor.ANTHROPIC, new Turn.Says(Written.OTHER_STORY));
        workshop.done(globex, "story", Map.of());

        JobId failed = workshop.done(acme, "story", Map.of("enable_dedup", true, "max_stories", 2));

        assertThat(workshop.state(failed)).isEqualTo("FAILED");
        assertThat(workshop.files(acme, failed)).containsExactly("story.md");
        JobId retry = workshop.retries(failed).getFirst();
        assertThat(workshop.state(retry)).isEqualTo("COMPLETED");
        assertThat(
                        workshop.json(acme, retry, "story_metadata.json")
                                .at("/stories/0/dedup/similarity_score")
                                .asInt())
                .isZero();
    }

    @Test
    void several_stories_of_one_run_are_files_of_their_own() {
        fakes.next(Vendor.ANTHROPIC, new Turn.Says(Written.STORY));
        fakes.always(Vendor.ANTHROPIC, new Turn.Says(Written.OTHER_STORY));

        JobId job = workshop.done(acme, "story", Map.of("max_stories", 2));

        assertThat(workshop.files(acme, job))
                .containsExactly("story-2.md", "story.md", "story_metadata.json");
        assertThat(workshop.result(job).path("stories").asInt()).isEqualTo(2);
        assertThat(workshop.result(job).at("/token_usage/total").asInt()).isEqualTo(36);
    }

    @Test
    void a_card_that_comes_again_is_kept_and_names_the_other() {
        fakes.always(Vendor.OLLAMA, new Turn.Says(Written.CARD));
        Map<String, Object> asked = Map.of("topic", "bells under water");
        JobId first = workshop.done(acme, "research", asked);
        JobId second = workshop.done(acme, "research", asked);

        var dedup = workshop.json(acme, second, "card.json").path("dedup");
        assertThat(dedup.path("level").asString()).isEqualTo("HIGH");
        assertThat(dedup.path("nearest_card_id").asString())
                .isEqualTo(workshop.result(first).path("card_id").asString());
        assertThat(workshop.state(second)).isEqualTo("COMPLETED");
    }

    @Test
    void a_story_about_a_topic_that_was_researched_is_given_the_card() {
        fakes.always(Vendor.OLLAMA, new Turn.Says(Written.CARD));
        fakes.always(Vendor.ANTHROPIC, new Turn.Says(Written.STORY));
        JobId card = workshop.done(acme, "research", Map.of("topic", "bells under water"));

        JobId story = workshop.done(acme, "story", Map.of("topic", "a bell under the water"));
        JobId foreign = workshop.done(globex, "story", Map.of("topic", "a bell under the water"));

        assertThat(
                        workshop.json(acme, story, "story_metadata.json")
                                .at("/stories/0/research_used/0")
                                .asString())
                .isEqualTo(workshop.result(card).path("card_id").asString());
        assertThat(fakes.seen(Vendor.ANTHROPIC).getFirst().body().toString())
                .contains("Bells under water: Sound travels far");
        assertThat(
                        workshop.json(globex, foreign, "story_metadata.json")
                                .at("/stories/0/research_used")
                                .size())
                .isZero();
    }

    @Test
    void a_topic_is_researched_first_when_that_is_wished_and_the_local_model_is_waited_for() {
        fakes.always(Vendor.OLLAMA, new Turn.Says(Written.CARD));
        fakes.always(Vendor.ANTHROPIC, new Turn.Says(Written.STORY));

        JobId story =
                workshop.done(
                        acme,
                        "story",
                        Map.of("topic", "a bell under the water", "auto_research", true));

        assertThat(workshop.pool(story)).isEqualTo("ollama-local");
        assertThat(workshop.files(acme, story))
                .containsExactly("card.json", "card.md", "story.md", "story_metadata.json");
    }

    @Test
    void a_story_is_written_without_research_when_that_fails() {
        fakes.always(Vendor.OLLAMA, Turn.Refuses.with(500, "out of memory"));
        fakes.always(Vendor.ANTHROPIC, new Turn.Says(Written.STORY));

        JobId story =
                workshop.done(
                        acme,
                        "story",
                        Map.of("topic", "a bell under the water", "auto_research", true));

        assertThat(workshop.state(story)).isEqualTo("COMPLETED");
        assertThat(workshop.log(acme, story)).contains("out of memory", "without research");
    }

    @Test
    void a_parameter_that_nobody_knows_is_told_in_the_log() {
        fakes.always(Vendor.ANTHROPIC, new Turn.Says(Written.STORY));

        JobId story = workshop.done(acme, "story", Map.of("target_lenght", 500));

        assertThat(workshop.state(story)).isEqualTo("COMPLETED");
        assertThat(workshop.log(acme, story)).contains("target_lenght is not known");
    }
}
