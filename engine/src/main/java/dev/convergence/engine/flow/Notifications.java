package dev.convergence.engine.flow;

import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.template.StepSpec;
import java.util.List;

/// The notification steps of a template, chosen by how the run ended.
///
/// There are no channels to deliver to yet, so a chosen step is recorded as SKIPPED with that
/// reason.
record Notifications(StepJournal journal) {

    void decide(List<StepSpec> notifications, Outcome outcome) {
        boolean completed = outcome instanceof Outcome.Completed;
        boolean failed = outcome instanceof Outcome.Failed;
        for (StepSpec spec : notifications) {
            boolean chosen =
                    switch (spec.trigger()) {
                        case ON_SUCCESS -> completed;
                        case ON_FAILURE -> failed;
                        case ON_COMPLETION -> completed || failed;
                        case ALWAYS -> true;
                        case NONE -> false;
                    };
            String reason =
                    chosen
                            ? "No notification channel is configured."
                            : "Not triggered by how the run ended.";
            journal.ended(StepEnd.notReached(spec, reason, journal.now()));
        }
    }
}
