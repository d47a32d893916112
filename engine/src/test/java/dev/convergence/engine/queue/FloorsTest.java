package dev.convergence.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FloorsTest {

    private static final Duration DEAR = Duration.ofMillis(50);

    private long nanos = 1;
    private final Floors floors = new Floors(() -> nanos);

    private void passes(Duration time) {
        nanos += time.toNanos();
    }

    private void looksTake(Duration time) {
        for (int i = 0; i < 8; i++) {
            floors.lookedFromTheStart(time.toNanos());
        }
    }

    @Test
    void the_ring_is_read_from_where_lanes_were_a_while_ago() {
        passes(Duration.ofMillis(200));
        floors.ringSeen(7_000);
        passes(Duration.ofMillis(200));
        floors.ringSeen(9_000);

        assertThat(floors.ring()).isEqualTo(7_000);
    }

    @Test
    void a_lane_that_is_found_behind_is_not_passed_over_again() {
        the_ring_is_read_from_where_lanes_were_a_while_ago();

        floors.ringSeen(3_000);

        assertThat(floors.ring()).isEqualTo(3_000);
    }

    @Test
    void who_meets_nobody_looks_from_the_start_while_that_is_cheap() {
        looksTake(Duration.ofMillis(1));

        assertThat(floors.mayLookFromTheStart()).isTrue();
        assertThat(floors.untilOwedLook()).isEmpty();
    }

    @Test
    void a_dear_look_is_owed_until_it_can_be_afforded() {
        looksTake(DEAR);

        assertThat(floors.mayLookFromTheStart()).isFalse();
        assertThat(floors.untilOwedLook()).contains(DEAR.multipliedBy(20));
        assertThat(floors.isFromTheStart()).isFalse();

        passes(DEAR.multipliedBy(20));

        assertThat(floors.isFromTheStart()).isTrue();
        floors.lookedFromTheStart(DEAR.toNanos());
        assertThat(floors.untilOwedLook()).isEmpty();
    }

    @Test
    void one_look_that_was_kept_waiting_makes_none_dear() {
        floors.lookedFromTheStart(Duration.ofSeconds(2).toNanos());

        assertThat(floors.mayLookFromTheStart()).isTrue();
    }
}
