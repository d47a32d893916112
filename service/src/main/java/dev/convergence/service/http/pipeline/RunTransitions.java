package dev.convergence.service.http.pipeline;

import dev.convergence.api.pipeline.TransitionsAnswer;
import dev.convergence.api.pipeline.TransitionsAnswer.Transition;
import dev.convergence.engine.run.RunView;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads off a run's times which states it has had.
final class RunTransitions {

    private final List<Transition> steps = new ArrayList<>();
    private @Nullable String state;

    private RunTransitions() {}

    static TransitionsAnswer of(RunView run) {
        RunTransitions transitions = new RunTransitions();
        if (!isBornEnded(run)) {
            transitions.to(run.slotAt() == null ? "PENDING" : "SCHEDULED", run.createdAt(), null);
        }
        if (run.startedAt() != null) {
            transitions.to("RUNNING", run.startedAt(), null);
        }
        if (run.finishedAt() != null) {
            transitions.to(run.state(), run.finishedAt(), run.error());
        }
        List<Transition> all = List.copyOf(transitions.steps);
        return new TransitionsAnswer(run.run().toString(), all, all.size());
    }

    /// Skipped at the moment it came due, so it never waited. When it was made is read off its id,
    /// to the millisecond.
    private static boolean isBornEnded(RunView run) {
        Instant end = run.finishedAt();
        return run.startedAt() == null
                && run.state().equals("SKIPPED")
                && end != null
                && !end.truncatedTo(ChronoUnit.MILLIS).isAfter(run.createdAt());
    }

    private void to(String next, Instant at, @Nullable String reason) {
        steps.add(new Transition(state, next, at, reason));
        state = next;
    }
}
