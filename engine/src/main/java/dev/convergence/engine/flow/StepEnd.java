package dev.convergence.engine.flow;

import dev.convergence.engine.step.StepOutcome;
import dev.convergence.engine.template.StepSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// How one step of a run ended.
///
/// @param timedOut true when it failed because its time was up
record StepEnd(
        StepSpec spec,
        StepOutcome outcome,
        Instant startedAt,
        Instant finishedAt,
        boolean timedOut) {

    static StepEnd notReached(StepSpec spec, String why, Instant now) {
        return new StepEnd(spec, new StepOutcome.Skipped(why), now, now, false);
    }

    boolean failed() {
        return outcome instanceof StepOutcome.Failed;
    }

    /// Whether the run must not go on after it.
    boolean stopsTheRun() {
        return failed() && spec.failOnError();
    }

    Map<String, Object> facts() {
        return switch (outcome) {
            case StepOutcome.Done done -> done.facts();
            case StepOutcome.Failed failed -> failed.facts();
            case StepOutcome.Skipped _ -> Map.of();
        };
    }

    String word() {
        return switch (outcome) {
            case StepOutcome.Done _ -> "COMPLETED";
            case StepOutcome.Failed _ -> "FAILED";
            case StepOutcome.Skipped _ -> "SKIPPED";
        };
    }

    static boolean anyStops(List<StepEnd> ends) {
        return ends.stream().anyMatch(StepEnd::stopsTheRun);
    }
}
