package dev.convergence.engine.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlaceholdersTest {

    private final Placeholders placeholders =
            new Placeholders(
                    Map.of(
                            "date",
                            "2026-01-31",
                            "rows",
                            40,
                            "tables",
                            List.of("a", "b"),
                            "evil",
                            "{date} $1 \\"));

    @Test
    void both_spellings_are_filled() {
        assertThat(placeholders.fillText("{date}/${date}")).isEqualTo("2026-01-31/2026-01-31");
    }

    @Test
    void an_unknown_name_stays_as_written() {
        assertThat(placeholders.fill("{nobody} ${nobody} {no-name} {}"))
                .isEqualTo("{nobody} ${nobody} {no-name} {}");
    }

    @Test
    void lists_and_maps_are_filled_to_the_bottom() {
        assertThat(placeholders.fill(Map.of("a", List.of(Map.of("b", "on {date}")))))
                .isEqualTo(Map.of("a", List.of(Map.of("b", "on 2026-01-31"))));
    }

    @Test
    void a_text_that_is_one_placeholder_keeps_the_type_of_its_value() {
        assertThat(placeholders.fill("{rows}")).isEqualTo(40);
        assertThat(placeholders.fill("${tables}")).isEqualTo(List.of("a", "b"));
        assertThat(placeholders.fill(" {rows}")).isEqualTo(" 40");
    }

    @Test
    void a_filled_value_is_not_looked_at_again() {
        assertThat(placeholders.fillText("<{evil}>")).isEqualTo("<{date} $1 \\>");
    }

    @Test
    void names_are_found_wherever_they_stand() {
        assertThat(Placeholders.names(Map.of("a", List.of("{x} ${y}", 1))))
                .containsExactly("x", "y");
    }
}
