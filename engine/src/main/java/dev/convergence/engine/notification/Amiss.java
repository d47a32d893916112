package dev.convergence.engine.notification;

import dev.convergence.engine.run.StepRecord;
import java.util.ArrayList;
import java.util.List;

/// What was not as it should be in a run that completed all the same. Pure.
final class Amiss {

    private Amiss() {}

    /// A sentence for each; none for a run without fault.
    static List<String> of(List<StepRecord> steps) {
        List<String> sentences = new ArrayList<>();
        for (StepRecord step : steps) {
            if (step.state().equals("FAILED")) {
                sentences.add("Step %s failed: %s".formatted(step.stepId(), step.error()));
            }
            if (step.metadata().get("bad_rows_skipped") instanceof Number bad
                    && bad.longValue() > 0) {
                sentences.add(
                        "Step %s set %d lines aside that could not be read."
                                .formatted(step.stepId(), bad.longValue()));
            }
        }
        if (wroteNothing(steps)) {
            sentences.add("No row reached the data set.");
        }
        return sentences;
    }

    /// Of those that write there at all.
    private static boolean wroteNothing(List<StepRecord> steps) {
        List<StepRecord> writers =
                steps.stream()
                        .filter(step ->
                                step.stepType().startsWith("warehouse.")
                                        && step.state().equals("COMPLETED"))
                        .toList();
        return !writers.isEmpty() && writers.stream().mapToLong(StepRecord::rowsWritten).sum() == 0;
    }
}
