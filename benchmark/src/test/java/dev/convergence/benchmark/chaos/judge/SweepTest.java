package dev.convergence.benchmark.chaos.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.benchmark.chaos.judge.Sweep.Interval;
import dev.convergence.benchmark.chaos.judge.Sweep.Result;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SweepTest {

    private static final Map<String, Integer> LIMITS = Map.of("acme", 1, "globex", 2);

    @Test
    void one_after_the_other_is_one_at_once() {
        assertThat(Sweep.over(List.of(interval("acme", 0, 5), interval("acme", 5, 9)), LIMITS))
                .containsExactly(new Result("acme", 1, 1, 0));
    }

    @Test
    void an_overlap_of_a_moment_is_an_excess() {
        List<Result> results =
                Sweep.over(List.of(interval("acme", 0, 6), interval("acme", 5, 9)), LIMITS);

        assertThat(results).containsExactly(new Result("acme", 1, 2, 1));
        assertThat(results.getFirst().isBroken()).isTrue();
    }

    @Test
    void owners_do_not_share_a_limit() {
        assertThat(
                        Sweep.over(
                                List.of(
                                        interval("acme", 0, 9),
                                        interval("globex", 1, 9),
                                        interval("globex", 2, 9)),
                                LIMITS))
                .noneMatch(Result::isBroken);
    }

    @Test
    void what_ended_before_it_began_does_not_count() {
        assertThat(Sweep.over(List.of(interval("acme", 0, 9), interval("acme", 7, 3)), LIMITS))
                .containsExactly(new Result("acme", 1, 1, 0));
    }

    private static Interval interval(String owner, long from, long to) {
        return new Interval(owner, Instant.ofEpochSecond(from), Instant.ofEpochSecond(to));
    }
}
