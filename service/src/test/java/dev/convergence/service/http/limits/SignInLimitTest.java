package dev.convergence.service.http.limits;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.convergence.engine.error.EngineException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SignInLimitTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void an_address_that_tries_too_often_waits_and_others_do_not() {
        SignInLimit limit = new SignInLimit(true);
        for (int i = 0; i < SignInLimit.PER_MINUTE; i++) {
            limit.count("192.0.2.1", NOW);
        }
        assertThatThrownBy(() -> limit.count("192.0.2.1", NOW))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("sign-ins a minute");
        limit.count("192.0.2.2", NOW);
        limit.count("192.0.2.1", NOW.plus(Duration.ofSeconds(61)));
    }

    @Test
    void nothing_is_limited_where_limits_are_off() {
        SignInLimit limit = new SignInLimit(false);
        assertThatCode(
                        () -> {
                            for (int i = 0; i <= SignInLimit.PER_MINUTE; i++) {
                                limit.count("192.0.2.1", NOW);
                            }
                        })
                .doesNotThrowAnyException();
    }
}
