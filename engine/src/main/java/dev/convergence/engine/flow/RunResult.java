package dev.convergence.engine.flow;

import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.step.StepOutcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the ends of a run's steps make of the run. Pure.
final class RunResult {

    private RunResult() {}

    /// Whether every step was reached and none failed.
    ///
    /// @param steps how many the template has, notifications left out
    static boolean isWhole(List<StepEnd> ends, int steps) {
        return ends.size() == steps && ends.stream().noneMatch(StepEnd::failed);
    }

    /// @param version of the template, kept with the result
    static Outcome of(List<StepEnd> ends, String version) {
        List<StepEnd> stopping = ends.stream().filter(StepEnd::stopsTheRun).toList();
        if (!stopping.isEmpty()) {
            return failed(ends, stopping, version);
        }
        boolean allSkipped =
                !ends.isEmpty()
                        && ends.stream().allMatch(e -> e.outcome() instanceof StepOutcome.Skipped);
        return allSkipped
                ? new Outcome.Skipped(((StepOutcome.Skipped) ends.getFirst().outcome()).reason())
                : new Outcome.Completed(exitCode(ends), artifacts(ends), totals(ends, version));
    }

    private static Outcome failed(List<StepEnd> ends, List<StepEnd> stopping, String version) {
        String messages =
                stopping.stream()
                        .map(end ->
                                end.spec().id()
                                        + ": "
                                        + ((StepOutcome.Failed) end.outcome()).message())
                        .collect(Collectors.joining("; "));
        String error =
                stopping.size() == 1
                        ? "Step " + messages
                        : stopping.size() + " of " + ends.size() + " steps failed: " + messages;
        boolean retryable =
                stopping.stream().allMatch(end -> ((StepOutcome.Failed) end.outcome()).retryable());
        boolean timedOut = stopping.stream().anyMatch(StepEnd::timedOut);
        return new Outcome.Failed(
                error,
                timedOut ? "TIMEOUT" : "STEP_FAILED",
                retryable,
                exitCode(ends),
                artifacts(ends),
                totals(ends, version));
    }

    /// Rows written are those that reached the data set; the same rows in staging are not counted.
    private static Map<String, Object> totals(List<StepEnd> ends, String version) {
        long read = 0;
        long written = 0;
        long bytes = 0;
        for (StepEnd end : ends) {
            if (end.outcome() instanceof StepOutcome.Done done) {
                read += done.rows().bytesRead() > 0 ? done.rows().read() : 0;
                written += end.spec().type().startsWith("warehouse.") ? done.rows().written() : 0;
                bytes += done.rows().bytesRead();
            }
        }
        return Map.of(
                "rows_read", read,
                "rows_written", written,
                "bytes_read", bytes,
                "config_version", version);
    }

    /// What steps hand out under `artifacts`, by name.
    private static Map<String, Object> artifacts(List<StepEnd> ends) {
        Map<String, Object> artifacts = new LinkedHashMap<>();
        for (StepEnd end : ends) {
            if (end.facts().get("artifacts") instanceof Map<?, ?> named) {
                named.forEach((name, value) -> artifacts.put(String.valueOf(name), value));
            }
        }
        return artifacts;
    }

    private static @Nullable Integer exitCode(List<StepEnd> ends) {
        return ends.stream()
                .map(end -> end.facts().get("exit_code"))
                .filter(Integer.class::isInstance)
                .map(Integer.class::cast)
                .reduce((_, last) -> last)
                .orElse(null);
    }
}
