package dev.convergence.engine.flow;

import dev.convergence.engine.credential.Credentials;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.run.RunLog;
import dev.convergence.engine.run.StepRecords;
import dev.convergence.engine.step.Step;
import dev.convergence.engine.template.StepSpec;
import dev.convergence.engine.worker.Execution;
import dev.convergence.engine.worker.JobHandler;
import dev.convergence.engine.worker.TimedCancellation;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Runs jobs of type `pipeline`: template and parameters to facts, steps to ends, ends to an
/// outcome.
public final class PipelineHandler implements JobHandler {

    private final RunPlan plan;
    private final Map<String, Step> steps;
    private final Credentials credentials;
    private final StepRecords records;
    private final RunLog log;
    private final Path workRoot;
    private final InstantSource clock;

    /// @param workRoot where runs get their workspaces
    public PipelineHandler(
            RunPlan plan,
            Collection<Step> steps,
            Credentials credentials,
            StepRecords records,
            RunLog log,
            Path workRoot,
            InstantSource clock) {
        this.plan = plan;
        this.steps = steps.stream().collect(Collectors.toMap(Step::type, Function.identity()));
        this.credentials = credentials;
        this.records = records;
        this.log = log;
        this.workRoot = workRoot;
        this.clock = clock;
    }

    @Override
    public String type() {
        return Job.PIPELINE;
    }

    @Override
    public Outcome handle(Execution execution) throws InterruptedException {
        Job job = execution.job();
        RunFacts facts = plan.facts(job, clock.instant());
        StepJournal journal =
                new StepJournal(execution.claim(), facts.template().steps(), records, log, clock);
        journal.line(
                "run "
                        + job.id().run()
                        + " attempt "
                        + (job.attempt() + 1)
                        + " of "
                        + facts.template().path());
        // The token keeps two attempts apart that should never, but could, overlap.
        String workspaceName = job.id().run() + "-" + execution.claim().token();
        try (RunWorkspace workspace = RunWorkspace.open(workRoot, workspaceName);
                TimedCancellation limit =
                        TimedCancellation.of(
                                execution.cancellation(), facts.template().timeout())) {
            Flow flow = new Flow(execution, facts, steps, credentials, workspace, journal);
            List<StepEnd> ends = flow.run(limit);
            Outcome outcome = outcome(execution, facts, limit, ends);
            return new Notifications(journal, facts.variables())
                    .decide(notifications(facts), outcome);
        }
    }

    /// A stop that came when nothing was left to stop changes nothing: the rows are there.
    private static Outcome outcome(
            Execution execution, RunFacts facts, TimedCancellation limit, List<StepEnd> ends) {
        if (RunResult.isWhole(ends, facts.ordinary().size())) {
            return RunResult.of(ends, facts.template().version());
        }
        if (execution.cancellation().isRequested()) {
            return execution.stopped();
        }
        return limit.timedOut()
                ? Outcome.Failed.of(
                        "TIMEOUT: the pipeline lasted longer than its limit of "
                                + facts.template().timeout().toMinutes()
                                + " minutes.",
                        "TIMEOUT",
                        true)
                : RunResult.of(ends, facts.template().version());
    }

    private static List<StepSpec> notifications(RunFacts facts) {
        return facts.template().steps().stream()
                .filter(step -> step.trigger() != StepSpec.Trigger.NONE)
                .toList();
    }
}
