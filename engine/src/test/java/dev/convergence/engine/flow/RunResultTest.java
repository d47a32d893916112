package dev.convergence.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.step.StepOutcome;
import dev.convergence.engine.step.StepRows;
import dev.convergence.engine.template.StepSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunResultTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final StepEnd DONE = end(StepOutcome.Done.of(StepRows.NONE, Map.of()), true);
    private static final StepEnd SKIPPED = end(new StepOutcome.Skipped("nothing to do"), true);

    @Test
    void a_run_whose_steps_all_ended_well_is_whole() {
        assertThat(RunResult.isWhole(List.of(DONE, SKIPPED), 2)).isTrue();
    }

    @Test
    void a_run_with_a_step_that_was_stopped_or_not_reached_is_not() {
        StepOutcome stopped = StepOutcome.Failed.transiently("The work was cancelled.");

        assertThat(RunResult.isWhole(List.of(DONE), 2)).isFalse();
        assertThat(RunResult.isWhole(List.of(DONE, end(stopped, true)), 2)).isFalse();
        assertThat(RunResult.isWhole(List.of(DONE, end(stopped, false)), 2)).isFalse();
    }

    private static StepEnd end(StepOutcome outcome, boolean failOnError) {
        StepSpec spec =
                new StepSpec(
                        "a",
                        "test",
                        "A",
                        List.of(),
                        Duration.ofMinutes(1),
                        failOnError,
                        StepSpec.Trigger.NONE,
                        Map.of());
        return new StepEnd(spec, outcome, NOW, NOW, false);
    }
}
