package dev.convergence.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.step.DateWindow;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2026-11-02, 2026-11-01, must not be before start_date",
        "2025-01-01, 2027-01-01, at most 730 days",
        "0001-01-01, 9999-12-31, at most 730 days"
    })
    void a_window_that_is_reversed_or_too_long_is_refused(String start, String end, String why) {
        assertThatThrownBy(() -> window(Map.of("start_date", start, "end_date", end)))
                .isInstanceOfSatisfying(
                        EngineException.class,
                        refusal ->
                                assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_PARAMETER))
                .hasMessageContaining("parameters.end_date")
                .hasMessageContaining(why);
    }

    @Test
    void two_years_are_one_run() {
        assertThat(window(Map.of("start_date", "2025-01-01", "end_date", "2026-12-31")).days())
                .hasSize(730);
    }

    @Test
    void one_end_alone_is_one_day_and_a_date_wins() {
        LocalDate day = LocalDate.parse("2026-11-03");
        DateWindow one = new DateWindow(day, day, true);

        assertThat(window(Map.of("start_date", "2026-11-03"))).isEqualTo(one);
        assertThat(window(Map.of("end_date", "2026-11-03"))).isEqualTo(one);
        assertThat(window(Map.of("date", "2026-11-03", "start_date", "2020-01-01"))).isEqualTo(one);
    }

    @Test
    void nothing_asked_is_yesterday() {
        LocalDate yesterday = LocalDate.parse("2026-11-21");
        assertThat(window(Map.of())).isEqualTo(new DateWindow(yesterday, yesterday, false));
    }

    @Test
    void what_is_no_date_is_named() {
        assertThatThrownBy(() -> window(Map.of("end_date", "tomorrow")))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("parameters.end_date");
    }

    private static DateWindow window(Map<String, Object> parameters) {
        return RunPlan.window(NOW, parameters);
    }
}
