package dev.convergence.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    /// A monotonic clock and a database that answers after as long as it is told to.
    private static final class World {
        private long nanos = 1_000_000;
        private Instant time = NOON;
        private final Deque<Duration> trips = new ArrayDeque<>();

        void passes(Duration while_) {
            nanos += while_.toNanos();
            time = time.plus(while_);
        }

        /// Tells its time at once, and the answer comes late.
        Instant answer() {
            Instant told = time;
            passes(trips.isEmpty() ? Duration.ZERO : trips.remove());
            return told;
        }

        void answersAfter(Duration... trips) {
            this.trips.addAll(List.of(trips));
        }

        DatabaseClock clock() {
            return new DatabaseClock(() -> nanos, this::answer);
        }
    }

    private final World world = new World();

    @Test
    void an_answer_that_came_late_is_asked_for_again() {
        world.answersAfter(Duration.ofSeconds(20), Duration.ofMillis(1));

        DatabaseClock clock = world.clock();

        assertThat(Duration.between(clock.instant(), world.time).abs())
                .isLessThanOrEqualTo(Duration.ofMillis(1));
    }

    @Test
    void where_all_answers_are_late_what_was_known_goes_on() {
        DatabaseClock clock = world.clock();
        world.passes(Duration.ofSeconds(6));
        for (int i = 0; i < 5; i++) {
            world.answersAfter(Duration.ofMillis(300));
        }

        clock.refresh(world::answer);

        assertThat(clock.instant()).isEqualTo(world.time);
    }

    @Test
    void a_database_whose_time_was_set_is_followed_at_the_next_sure_answer() {
        DatabaseClock clock = world.clock();
        world.time = world.time.minusSeconds(90);
        world.passes(Duration.ofSeconds(6));
        world.answersAfter(Duration.ofMillis(1));

        clock.refresh(world::answer);

        assertThat(Duration.between(clock.instant(), world.time).abs())
                .isLessThanOrEqualTo(Duration.ofMillis(1));
    }

    @Test
    void a_better_reading_never_sets_the_time_back_a_little() {
        world.answersAfter(Duration.ofMillis(400), Duration.ofMillis(400), Duration.ofMillis(400));
        world.answersAfter(Duration.ofMillis(400), Duration.ofMillis(400));
        world.time = world.time.plusMillis(300); // the middle of the trip is a wrong guess
        DatabaseClock clock = world.clock();
        world.time = world.time.minusMillis(300);
        Instant before = clock.instant();
        world.passes(Duration.ofMillis(1));

        clock.refresh(world::answer);

        assertThat(clock.instant()).isAfterOrEqualTo(before);
    }

    @Test
    void a_time_that_is_sure_is_not_asked_for_again() {
        DatabaseClock clock = world.clock();
        world.passes(Duration.ofSeconds(4));
        world.answersAfter(Duration.ofMillis(1));

        clock.refresh(world::answer);

        assertThat(world.trips).hasSize(1);
    }

    @Test
    void a_database_that_is_always_slow_is_followed_before_long() {
        DatabaseClock clock = world.clock();
        world.time = world.time.minusSeconds(90);
        world.passes(Duration.ofMinutes(5));
        for (int i = 0; i < 5; i++) {
            world.answersAfter(Duration.ofMillis(400));
        }

        clock.refresh(world::answer);

        assertThat(Duration.between(clock.instant(), world.time).abs())
                .isLessThanOrEqualTo(Duration.ofMillis(200));
    }
}
