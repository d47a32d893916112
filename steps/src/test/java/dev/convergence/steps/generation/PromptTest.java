package dev.convergence.steps.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.convergence.steps.generation.model.ModelName;
import dev.convergence.steps.generation.model.Question;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PromptTest {

    private static final String PLACE = "\\{\\{[^}]*}}";

    @Test
    void every_place_of_the_story_prompt_is_filled_on_every_frame() {
        for (StoryFrame frame : StoryFrame.all()) {
            Question question =
                    StoryQuestion.of(
                            frame,
                            Optional.of("tides"),
                            Optional.of(1_200),
                            List.of(new Card("T", "S", List.of(), List.of("A"), Map.of())),
                            "- It was dark.");

            assertThat(question.text())
                    .contains(frame.premise(), frame.mechanism(), "tides", "1200", "T: S A")
                    .contains("It was dark.")
                    .doesNotContainPattern(PLACE);
            assertThat(question.instructions()).doesNotContainPattern(PLACE);
        }
    }

    @Test
    void a_story_prompt_without_anything_optional_has_no_hole_either() {
        Question question =
                StoryQuestion.of(
                        StoryFrame.all().getFirst(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        "");

        assertThat(question.text()).doesNotContainPattern(PLACE).contains("your choice");
    }

    @Test
    void every_place_of_the_research_prompt_is_filled() {
        Question question =
                ResearchQuestion.of(
                        new ResearchParams(
                                "the sound of tides",
                                List.of("sea", "night"),
                                ModelName.ofResearch(null).orElseThrow(),
                                Duration.ofSeconds(1)));

        assertThat(question.text())
                .contains("the sound of tides", "sea, night")
                .doesNotContainPattern(PLACE);
        assertThat(question.instructions()).contains("JSON").doesNotContainPattern(PLACE);
    }

    @Test
    void what_is_filled_in_cannot_ask_for_more() {
        Prompt prompt = new Prompt("test.v1", "{{topic}} and {{tags}}");

        assertThat(prompt.fill(Map.of("topic", "{{tags}} $1 \\", "tags", "x")))
                .isEqualTo("{{tags}} $1 \\ and x");
    }

    @Test
    void a_value_too_many_or_too_few_is_a_mistake() {
        Prompt prompt = new Prompt("test.v1", "{{topic}}");

        assertThatThrownBy(() -> prompt.fill(Map.of())).hasMessageContaining("topic");
        assertThatThrownBy(() -> prompt.fill(Map.of("topic", "a", "tag", "b")))
                .hasMessageContaining("tag");
    }

    @Test
    void frames_that_were_used_least_come_first() {
        List<StoryFrame> frames = StoryFrame.all();
        Map<String, Long> uses =
                frames.stream()
                        .skip(1)
                        .collect(java.util.stream.Collectors.toMap(StoryFrame::name, _ -> 1L));

        for (int seed = 0; seed < 20; seed++) {
            assertThat(StoryFrame.pick(frames, uses, new SplittableRandom(seed)))
                    .isEqualTo(frames.getFirst());
        }
    }
}
