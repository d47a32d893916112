package dev.convergence.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DueFloorTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration DEAR = Duration.ofMillis(50);

    private long nanos = 1;
    private final DueFloor floor = new DueFloor(() -> nanos);

    private void findsNothing(Duration took) {
        floor.nothingSince(floor.from(), NOW, took.toNanos());
    }

    @Test
    void cheap_looks_begin_at_the_start() {
        findsNothing(Duration.ofMillis(1));

        assertThat(floor.from()).isNull();
    }

    @Test
    void dear_looks_begin_where_nothing_was_left_and_now_and_then_at_the_start() {
        for (int i = 0; i < 8; i++) {
            findsNothing(DEAR);
        }

        assertThat(floor.from()).isEqualTo(NOW.minusSeconds(1));
        nanos += DEAR.multipliedBy(20).toNanos();
        assertThat(floor.from()).isNull();
    }
}
