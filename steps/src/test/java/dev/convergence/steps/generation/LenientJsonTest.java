package dev.convergence.steps.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LenientJsonTest {

    private static final String WHOLE =
            """
            {"title": "Salt in the wires", "summary": "It hums.",
             "key_concepts": ["hum", "salt"], "horror_applications": ["A house that listens."],
             "canonical_affinity": {"setting": ["house", "attic"], "primary_fear": "noise",
               "antagonist": ["house"], "mechanism": ["resonance"]}}
            """;

    @Test
    void a_whole_card_is_read_and_good() {
        Card card = card(WHOLE).orElseThrow();

        assertThat(card.title()).isEqualTo("Salt in the wires");
        assertThat(card.concepts()).containsExactly("hum", "salt");
        assertThat(card.core())
                .isEqualTo(
                        Map.of(
                                "setting", "house",
                                "primary_fear", "noise",
                                "antagonist", "house",
                                "mechanism", "resonance"));
        assertThat(Grade.of(card)).isEqualTo(Grade.GOOD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Here is the card:\n```json\n%s\n```\nI hope it helps {really}.",
                "```\n%s\n```",
                "I thought about {this} first. %s And that was it.",
                "%s trailing words",
                "{\"note\": \"see below\"}\n\n%s",
                "\uFEFF%s"
            })
    void text_around_a_card_does_not_matter(String around) {
        assertThat(card(around.replace("%s", WHOLE)).map(Card::title))
                .contains("Salt in the wires");
    }

    @Test
    void small_mistakes_are_forgiven() {
        String sloppy =
                """
                {title: 'Salt', // a comment
                 "summary": "two
                lines", "key_concepts": ["a", "b",],}
                """;

        Card card = card(sloppy).orElseThrow();

        assertThat(card.title()).isEqualTo("Salt");
        assertThat(card.concepts()).containsExactly("a", "b");
        assertThat(Grade.of(card)).isEqualTo(Grade.PARTIAL);
    }

    @Test
    void a_card_with_little_in_it_is_incomplete() {
        assertThat(card("{\"title\": \"T\", \"summary\": \"S\"}").map(Grade::of))
                .contains(Grade.INCOMPLETE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "I cannot do that.",
                "{}",
                "{\"error\": \"no\"}",
                "{\"title\": \"\", \"summary\": null, \"key_concepts\": []}",
                "[1, 2, 3]",
                "{\"title\": \"cut",
                "{{{{{{{{{{{{{{{{{{{{{{{{{{{{"
            })
    void what_is_no_card_is_none(String text) {
        assertThat(card(text)).isEmpty();
    }

    @Test
    void long_lists_and_titles_are_cut() {
        String title = "\uD83D\uDC7B".repeat(100);
        String many = "\"c\",".repeat(15) + "\"c\"";

        Card card =
                card("{\"title\": \"" + title + "\", \"key_concepts\": [" + many + "]}")
                        .orElseThrow();

        assertThat(card.title().codePointCount(0, card.title().length())).isEqualTo(80);
        assertThat(card.concepts()).hasSize(10);
    }

    private static Optional<Card> card(String text) {
        return LenientJson.find(text, CardReader::read);
    }
}
