package dev.convergence.engine.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.error.FieldFaults;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignatureTest {

    /// The worked example of the libraries of Standard Webhooks.
    @Test
    void a_signature_is_that_of_standard_webhooks() {
        SigningSecret secret =
                SigningSecret.givenOrNew(
                        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", new FieldFaults());

        assertThat(
                        Signature.of(
                                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                                Instant.ofEpochSecond(1_614_265_330),
                                "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8),
                                List.of(secret)))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void a_secret_reads_back_and_a_short_or_broken_one_is_refused() {
        SigningSecret made = SigningSecret.made();
        FieldFaults none = new FieldFaults();
        assertThat(SigningSecret.givenOrNew(made.text(), none)).isEqualTo(made);
        assertThat(made.text()).startsWith("whsec_");
        assertThat(made.toString()).doesNotContain(made.text().substring(6));
        none.refuseIfAny();

        for (String bad : List.of("", "whsec_", "whsec_AAAA", "not base64 at all!")) {
            FieldFaults faults = new FieldFaults();
            SigningSecret.givenOrNew(bad, faults);
            org.assertj.core.api.Assertions.assertThatThrownBy(faults::refuseIfAny)
                    .hasMessageContaining("secret");
        }
    }

    @Test
    void pauses_are_one_second_ten_seconds_and_then_double_up_to_an_hour() {
        assertThat(List.of(1, 2, 3, 4, 5, 9, 30))
                .extracting(failures -> Pauses.after(failures, 0.5).toSeconds())
                .containsExactly(1L, 10L, 20L, 40L, 80L, 1_280L, 3_600L);
        assertThat(Pauses.after(2, 0)).isEqualTo(Duration.ofSeconds(9));
        assertThat(Pauses.after(2, 1)).isEqualTo(Duration.ofSeconds(11));
    }

    @Test
    void a_receivers_wish_may_be_seconds_or_a_date_and_nonsense_is_none() {
        Instant now = Instant.parse("2026-11-22T12:00:00Z");
        Duration pause = Duration.ofSeconds(10);
        assertThat(Pauses.atLeast(pause, "30", now)).isEqualTo(Duration.ofSeconds(30));
        assertThat(Pauses.atLeast(pause, "Sun, 22 Nov 2026 12:01:00 GMT", now))
                .isEqualTo(Duration.ofMinutes(1));
        for (String other : List.of("3", "-5", "soon", "Sun, 22 Nov 2020 12:01:00 GMT", "")) {
            assertThat(Pauses.atLeast(pause, other, now)).isEqualTo(pause);
        }
    }
}
