package dev.convergence.service.http.pipeline;

import dev.convergence.engine.Rooms;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.run.RunView;
import dev.convergence.engine.run.StepRecord;
import dev.convergence.engine.template.Repetition;
import dev.convergence.engine.template.StepSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What somebody's wish to repeat a run from a step on comes to.
final class Repetitions {

    private final Rooms engine;

    Repetitions(Rooms engine) {
        this.engine = engine;
    }

    /// @throws EngineException INVALID_FIELD without such a step
    /// @param steps of the template, notifications left out
    Repetition of(RunView failed, Job job, List<StepSpec> steps, String from) {
        if (steps.stream().noneMatch(step -> step.id().equals(from))) {
            throw EngineException.invalidField(
                    "from_step",
                    "UNKNOWN_VALUE",
                    "is one of "
                            + steps.stream().map(StepSpec::id).collect(Collectors.joining(", "))
                            + ".");
        }
        return new Repetition(from, done(failed, job, steps));
    }

    static String sentence(Set<String> leftOut) {
        return leftOut.isEmpty()
                ? "The run was accepted. Nothing is left out: all its steps follow from that one, or"
                        + " it stands on them."
                : "The run was accepted. Left out, because they had completed: "
                        + leftOut.stream().sorted().collect(Collectors.joining(", "))
                        + ".";
    }

    /// Completed in that run, or left out there because an earlier one had completed it.
    private Set<String> done(RunView failed, Job job, List<StepSpec> steps) {
        Set<String> done = new HashSet<>();
        for (StepRecord step : engine.stepRecords().ofRun(failed.tenant(), failed.job())) {
            if (step.state().equals("COMPLETED")) {
                done.add(step.stepId());
            }
        }
        Repetition.in(job.params()).ifPresent(earlier -> done.addAll(earlier.leftOut(steps)));
        return done;
    }
}
