package dev.convergence.engine.flow;

import dev.convergence.engine.notification.StepNotice;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.step.StepOutcome;
import dev.convergence.engine.step.StepRows;
import dev.convergence.engine.template.Placeholders;
import dev.convergence.engine.template.StepSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The notification steps of a template, chosen by how the run ended.
///
/// A chosen step is recorded with what it wants said, and the run's result counts it, so that the
/// statement which writes the run's end notes that somebody is to be told. Who that is, is found
/// when messages are made.
///
/// @param variables what placeholders stand for
record Notifications(StepJournal journal, Map<String, Object> variables) {

    private static final String COUNT = "notices";

    /// @return the outcome, counting the steps that were chosen
    Outcome decide(List<StepSpec> notifications, Outcome outcome) {
        int chosen = 0;
        for (StepSpec spec : notifications) {
            Instant now = journal.now();
            if (isChosen(spec, outcome)) {
                StepOutcome done = StepOutcome.Done.of(StepRows.NONE, facts(spec, outcome));
                journal.ended(new StepEnd(spec, done, now, now, false));
                chosen++;
            } else {
                journal.ended(StepEnd.notReached(spec, "Not triggered by how the run ended.", now));
            }
        }
        return chosen == 0 ? outcome : counted(outcome, chosen);
    }

    /// Of what was cancelled or skipped nobody is told: somebody wanted it so.
    private static boolean isChosen(StepSpec spec, Outcome outcome) {
        boolean completed = outcome instanceof Outcome.Completed;
        boolean failed = outcome instanceof Outcome.Failed;
        return switch (spec.trigger()) {
            case ON_SUCCESS -> completed;
            case ON_FAILURE -> failed;
            case ON_COMPLETION, ALWAYS -> completed || failed;
            case NONE -> false;
        };
    }

    private Map<String, Object> facts(StepSpec spec, Outcome outcome) {
        Map<String, @Nullable Object> filled = new Placeholders(variables).fillMap(spec.config());
        List<String> recipients = new ArrayList<>(texts(filled.get("to_emails")));
        recipients.addAll(texts(filled.get("cc_emails")));
        String state = outcome instanceof Outcome.Completed ? "COMPLETED" : "FAILED";
        return StepNotice.facts(recipients, state, filled.get("subject"), filled.get("message"));
    }

    private static List<String> texts(@Nullable Object value) {
        return switch (value) {
            case List<?> list -> list.stream().map(String::valueOf).toList();
            case String text when !text.isBlank() -> List.of(text.strip().split("[,;\\s]+"));
            case null, default -> List.of();
        };
    }

    private static Outcome counted(Outcome outcome, int chosen) {
        return switch (outcome) {
            case Outcome.Completed done ->
                    new Outcome.Completed(
                            done.exitCode(), done.artifacts(), with(done.result(), chosen));
            case Outcome.Failed failed ->
                    new Outcome.Failed(
                            failed.error(),
                            failed.code(),
                            failed.retryable(),
                            failed.exitCode(),
                            failed.artifacts(),
                            with(failed.result(), chosen));
            case Outcome.Skipped _, Outcome.Cancelled _ -> outcome;
        };
    }

    private static Map<String, Object> with(Map<String, Object> result, int chosen) {
        Map<String, Object> counted = new HashMap<>(result);
        counted.put(COUNT, chosen);
        return counted;
    }
}
