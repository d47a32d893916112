package dev.convergence.benchmark.engine.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FigureTest {

    @Test
    void the_median_is_the_middle_round_and_the_spread_all_of_them() {
        Figure figure = Figure.of("drain", "raw", Unit.JOBS_PER_SECOND, List.of(9.0, 1.0, 2.0));

        assertThat(figure.median()).isEqualTo(2.0);
        assertThat(figure.least()).isEqualTo(1.0);
        assertThat(figure.most()).isEqualTo(9.0);
    }

    @Test
    void a_ratio_above_one_is_better_whether_more_or_less_is_better() {
        Figure fast = Figure.of("drain", "a", Unit.JOBS_PER_SECOND, List.of(20.0));
        Figure slow = Figure.of("drain", "b", Unit.JOBS_PER_SECOND, List.of(10.0));
        Figure soon = Figure.of("pickup", "a", Unit.MILLISECONDS, List.of(10.0));
        Figure late = Figure.of("pickup", "b", Unit.MILLISECONDS, List.of(20.0));

        assertThat(fast.ratioTo(slow)).isEqualTo(2.0);
        assertThat(soon.ratioTo(late)).isEqualTo(2.0);
    }

    @Test
    void a_figure_with_a_fault_or_without_a_round_is_not_sound() {
        Figure figure = Figure.of("drain", "raw", Unit.JOBS_PER_SECOND, List.of(1.0));

        assertThat(figure.isSound()).isTrue();
        assertThat(figure.faults(List.of("a job never ran")).isSound()).isFalse();
        assertThat(Figure.of("drain", "raw", Unit.SECONDS, List.of()).isSound()).isFalse();
    }
}
