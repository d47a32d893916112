package dev.convergence.engine.flow;

import dev.convergence.engine.credential.Credentials;
import dev.convergence.engine.step.Cancellation;
import dev.convergence.engine.step.Step;
import dev.convergence.engine.step.StepContext;
import dev.convergence.engine.step.StepOutcome;
import dev.convergence.engine.step.Workspace;
import dev.convergence.engine.template.StepSpec;
import dev.convergence.engine.worker.Execution;
import dev.convergence.engine.worker.TimedCancellation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// One run of a template's steps: starts each when what it depends on is done, waits for all it
/// started.
final class Flow {

    private static final Logger LOG = LoggerFactory.getLogger(Flow.class);

    /// How many steps of one run may work at the same time.
    private static final int PARALLEL_MAX = 10;

    private static final String LEFT_OUT = "Left out: the run that is repeated had completed it.";

    private final Execution execution;
    private final RunFacts facts;
    private final Map<String, Step> steps;
    private final Credentials credentials;
    private final Workspace workspace;
    private final StepJournal journal;
    private final Semaphore parallel = new Semaphore(PARALLEL_MAX);
    private final BlockingQueue<StepEnd> finished = new LinkedBlockingQueue<>();

    Flow(
            Execution execution,
            RunFacts facts,
            Map<String, Step> steps,
            Credentials credentials,
            Workspace workspace,
            StepJournal journal) {
        this.execution = execution;
        this.facts = facts;
        this.steps = steps;
        this.credentials = credentials;
        this.workspace = workspace;
        this.journal = journal;
    }

    /// Runs the ordinary steps; every one that was started has ended when this returns.
    List<StepEnd> run(Cancellation wholeRun) throws InterruptedException {
        RunFacts.ordinary(facts.template()).stream()
                .filter(step -> facts.leftOut().contains(step.id()))
                .map(step -> StepEnd.notReached(step, LEFT_OUT, journal.now()))
                .forEach(journal::ended);
        StepGraph graph = new StepGraph(facts.ordinary());
        graph.takeStartable().forEach(spec -> start(spec, wholeRun));
        RuntimeException unwritten = null;
        while (graph.isRunning()) {
            StepEnd end = finished.take();
            graph.ended(end);
            try {
                journal.ended(end);
            } catch (RuntimeException failure) {
                unwritten =
                        failure; // steps that run use the workspace: they must end before it goes
            }
            if (unwritten == null && !wholeRun.isRequested()) {
                graph.takeStartable().forEach(spec -> start(spec, wholeRun));
            }
        }
        if (unwritten != null) {
            throw unwritten;
        }
        graph.notReached().stream()
                .map(spec ->
                        StepEnd.notReached(
                                spec,
                                "Not reached: an earlier step failed or the run was stopped.",
                                journal.now()))
                .forEach(journal::ended);
        return graph.ends();
    }

    private void start(StepSpec spec, Cancellation wholeRun) {
        Thread.ofVirtual()
                .name("step-" + spec.id() + "-" + execution.job().id())
                .start(named(spec, () -> finished.add(attempt(spec, wholeRun))));
    }

    /// Log lines of a step name what those of its run name, and the step.
    private static Runnable named(StepSpec spec, Runnable work) {
        Map<String, String> ofRun = Objects.requireNonNullElse(MDC.getCopyOfContextMap(), Map.of());
        return () -> {
            MDC.setContextMap(ofRun);
            MDC.put("step_id", spec.id());
            work.run();
        };
    }

    private StepEnd attempt(StepSpec spec, Cancellation wholeRun) {
        parallel.acquireUninterruptibly();
        Instant startedAt = journal.now();
        try (TimedCancellation limit = TimedCancellation.of(wholeRun, spec.timeout())) {
            journal.started(spec, startedAt);
            StepOutcome outcome = work(spec, limit);
            boolean timedOut = limit.timedOut() && outcome instanceof StepOutcome.Failed;
            StepEnd end =
                    new StepEnd(
                            spec,
                            timedOut ? timeout(spec) : outcome,
                            startedAt,
                            journal.now(),
                            timedOut);
            LOG.info("step {} of job {} ended {}", spec.id(), execution.job().id(), end.word());
            return end;
        } catch (RuntimeException | Error unwritten) {
            return new StepEnd(
                    spec,
                    StepOutcome.Failed.transiently("The step's record could not be written."),
                    startedAt,
                    journal.now(),
                    false);
        } finally {
            parallel.release();
        }
    }

    private StepOutcome work(StepSpec spec, Cancellation cancellation) {
        Step step = steps.get(spec.type());
        if (step == null) {
            return StepOutcome.Failed.permanently(
                    "The step type '" + spec.type() + "' is unsupported.");
        }
        return StepAttempt.run(step, context(spec, cancellation), execution.job().id());
    }

    private StepContext context(StepSpec spec, Cancellation cancellation) {
        return new FlowContext(
                execution.job(),
                facts,
                spec,
                workspace,
                cancellation,
                credentials,
                journal::isOurs,
                journal::line);
    }

    private static StepOutcome timeout(StepSpec spec) {
        return StepOutcome.Failed.transiently(
                "TIMEOUT: the step lasted longer than its limit of "
                        + spec.timeout().toMinutes()
                        + " minutes.");
    }
}
