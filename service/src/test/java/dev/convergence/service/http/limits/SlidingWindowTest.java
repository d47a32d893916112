package dev.convergence.service.http.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SlidingWindowTest {

    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

    private final SlidingWindow window = new SlidingWindow(3, Duration.ofMinutes(1));

    @Test
    void the_limit_holds_in_every_minute_not_only_in_whole_ones() {
        assertThat(window.take(START.plusSeconds(50)).remaining()).isEqualTo(2);
        assertThat(window.take(START.plusSeconds(55)).remaining()).isEqualTo(1);
        assertThat(window.take(START.plusSeconds(59)).remaining()).isZero();
        assertThat(window.take(START.plusSeconds(61)).isRefused()).isTrue();
        assertThat(window.take(START.plusSeconds(109)).isRefused()).isTrue();
        assertThat(window.take(START.plusSeconds(110)).isRefused()).isFalse();
        assertThat(window.take(START.plusSeconds(111)).isRefused()).isTrue();
    }

    @Test
    void a_refusal_says_when_the_next_place_is_free() {
        for (int i = 0; i < 3; i++) {
            window.take(START.plusSeconds(10));
        }
        assertThat(window.take(START.plusSeconds(30)).resetSeconds()).isEqualTo(40);
        assertThat(window.take(START.plusSeconds(70)).isRefused()).isFalse();
    }

    @Test
    void a_clock_that_goes_back_frees_nothing() {
        for (int i = 0; i < 3; i++) {
            window.take(START);
        }
        assertThat(window.take(START.minusSeconds(300)).isRefused()).isTrue();
        assertThat(window.take(START.plusSeconds(600)).remaining()).isEqualTo(2);
    }
}
