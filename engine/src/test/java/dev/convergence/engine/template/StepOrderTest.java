package dev.convergence.engine.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepOrderTest {

    @Test
    void a_step_stands_one_level_above_the_highest_that_it_waits_for() {
        StepOrder order =
                StepOrder.of(
                        Map.of(
                                "extract", List.of(),
                                "focus", List.of("extract"),
                                "check_raw", List.of("extract"),
                                "publish", List.of("check_raw", "focus"),
                                "probe", List.of()));
        assertThat(order.levels())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("extract", 0, "probe", 0, "focus", 1, "check_raw", 1, "publish", 2));
        assertThat(order.cycle()).isEmpty();
    }

    @Test
    void a_cycle_is_shown_as_a_circle() {
        StepOrder order =
                StepOrder.of(Map.of("a", List.of("c"), "b", List.of("a"), "c", List.of("b")));
        assertThat(order.levels()).isEmpty();
        assertThat(order.cycle()).hasSize(4).startsWith(order.cycle().getLast());
        assertThat(StepOrder.of(Map.of("a", List.of("a"))).cycle()).containsExactly("a", "a");
    }

    @Test
    void a_step_behind_a_cycle_is_no_part_of_it() {
        StepOrder order =
                StepOrder.of(Map.of("x", List.of("a"), "a", List.of("b"), "b", List.of("a")));
        assertThat(order.cycle()).hasSize(3).doesNotContain("x");
    }

    @Test
    void a_dependency_that_is_not_there_is_passed_over() {
        assertThat(StepOrder.of(Map.of("a", List.of("nobody"))).levels()).containsEntry("a", 0);
    }
}
