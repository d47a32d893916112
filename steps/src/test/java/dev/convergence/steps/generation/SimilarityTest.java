package dev.convergence.steps.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.steps.generation.Likeness.Level;
import dev.convergence.steps.generation.Similarity.Earlier;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimilarityTest {

    private static final String TIDE =
            """
            The tide came in at four, as it did every night since the harbour had been closed, and it
            brought the bell. Marta heard it through the shutters, one stroke, then a pause that was
            too long. She had counted the pauses for a week. They were getting shorter. On Sunday she
            went down to the quay with a lamp and found the water standing still between the walls,
            black and level as a table, and on the table a bell without a clapper.
            """;
    private static final String OFFICE =
            """
            Nobody in accounting remembered hiring Oskar, but he was on the payroll, and he was good
            with numbers. He stayed late. When the cleaners came he was always just leaving, his coat
            over his arm, and they were always too tired to notice that the coat was wet. In March the
            auditors asked to see his desk. There was a drain in the floor beneath it, and the drain
            was older than the building, and somebody had been pouring ledgers into it page by page.
            """;

    @Test
    void the_same_text_is_high_however_it_is_set() {
        Likeness likeness =
                Similarity.toNearest(
                        TIDE.toUpperCase(java.util.Locale.ROOT).replace(",", " -"),
                        List.of(new Earlier("office", OFFICE), new Earlier("tide", TIDE)));

        assertThat(likeness.score()).isGreaterThan(0.99);
        assertThat(likeness.level()).isEqualTo(Level.HIGH);
        assertThat(likeness.nearest()).isEqualTo("tide");
    }

    @Test
    void other_texts_of_the_same_language_are_low() {
        Likeness likeness = Similarity.toNearest(TIDE, List.of(new Earlier("office", OFFICE)));

        assertThat(likeness.level()).isEqualTo(Level.LOW);
    }

    @Test
    void a_text_with_a_few_words_changed_is_high() {
        String changed =
                TIDE.replace("Marta", "Ilse").replace("bell", "drum").replace("Sunday", "Monday");

        assertThat(Similarity.toNearest(changed, List.of(new Earlier("tide", TIDE))).level())
                .isEqualTo(Level.HIGH);
    }

    @Test
    void a_text_half_of_which_is_known_is_medium() {
        String half = TIDE.substring(0, TIDE.length() / 2) + OFFICE.substring(OFFICE.length() / 2);

        assertThat(Similarity.toNearest(half, List.of(new Earlier("tide", TIDE))).level())
                .isEqualTo(Level.MEDIUM);
    }

    @Test
    void a_first_text_resembles_nothing() {
        assertThat(Similarity.toNearest(TIDE, List.of())).isEqualTo(Likeness.NONE);
        assertThat(Similarity.toNearest("", List.of(new Earlier("tide", TIDE))).score()).isZero();
    }

    @Test
    void languages_without_spaces_are_compared_too() {
        String text = "밤마다네시가되면종소리가들렸다그러나항구에는종이없었다";

        assertThat(Similarity.toNearest(text, List.of(new Earlier("a", text))).level())
                .isEqualTo(Level.HIGH);
    }
}
