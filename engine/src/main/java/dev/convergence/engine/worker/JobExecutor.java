package dev.convergence.engine.worker;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCategory;
import dev.convergence.engine.event.EngineEvent.JobEnded;
import dev.convergence.engine.event.EngineEvent.LateCompletionRefused;
import dev.convergence.engine.event.Events;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.queue.Claim;
import dev.convergence.engine.queue.Judge;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.queue.Settler;
import dev.convergence.engine.queue.Verdict;
import dev.convergence.engine.step.CancelledException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// One attempt from its claim to its end: attempt, judge, settle.
public final class JobExecutor {

    private static final Logger LOG = LoggerFactory.getLogger(JobExecutor.class);
    private static final Set<ErrorCategory> HOPELESS =
            Set.of(
                    ErrorCategory.VALIDATION,
                    ErrorCategory.AUTHENTICATION,
                    ErrorCategory.AUTHORIZATION,
                    ErrorCategory.NOT_FOUND);

    private final Map<String, JobHandler> handlers;
    private final Judge judge;
    private final Settler settler;
    private final Events events;

    public JobExecutor(
            Map<String, JobHandler> handlers, Judge judge, Settler settler, Events events) {
        this.handlers = Map.copyOf(handlers);
        this.judge = judge;
        this.settler = settler;
        this.events = events;
    }

    /// Writes a verdict, soon or at once.
    @FunctionalInterface
    private interface Settling {
        void settle(Claim claim, Verdict verdict, Settler.Written written);
    }

    /// Attempts the work and hands the verdict over to be written.
    ///
    /// @param ended called when the result is written, or could not be
    void execute(Execution execution, Runnable ended) {
        execute(execution, settler::settle, ended);
    }

    /// Attempts the work and writes the verdict before it returns.
    void executeHere(Execution execution, Runnable ended) {
        execute(execution, settler::settleHere, ended);
    }

    private void execute(Execution execution, Settling settling, Runnable ended) {
        long began = System.nanoTime();
        Outcome outcome = attempt(execution);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        Verdict verdict = judge.judge(execution.job(), outcome);
        settling.settle(
                execution.claim(),
                verdict,
                (accepted, failure) -> {
                    try {
                        report(execution.job(), verdict, took, accepted, failure);
                    } finally {
                        ended.run();
                    }
                });
    }

    private void report(
            Job job,
            Verdict verdict,
            Duration took,
            boolean accepted,
            @Nullable Throwable failure) {
        String state = state(verdict.outcome());
        if (failure != null) {
            LOG.error(
                    "job {} of {} ended {}, but that could not be written; it will be rescued",
                    job.id(),
                    job.tenant(),
                    state,
                    failure);
            return;
        }
        LOG.info(
                "job {} of {} attempt {} ended {}{}",
                job.id(),
                job.tenant(),
                job.attempt() + 1,
                state,
                accepted ? "" : ", but its claim was lost: nothing changed");
        if (accepted) {
            String what = Objects.requireNonNullElse(job.origin().pipelineId(), job.type());
            boolean retried = verdict.retryAfter().isPresent();
            events.publish(new JobEnded(job.tenant(), job.id(), what, state, took, retried));
        } else {
            events.publish(new LateCompletionRefused(job.tenant(), job.id()));
        }
    }

    private static String state(Outcome outcome) {
        return outcome.getClass().getSimpleName().toUpperCase(Locale.ROOT);
    }

    /// Does the work; never throws. Its log lines name tenant and run.
    private Outcome attempt(Execution execution) {
        Job job = execution.job();
        try (MDC.MDCCloseable _ = MDC.putCloseable("tenant_id", job.tenant().value());
                MDC.MDCCloseable _ = MDC.putCloseable("run_id", job.id().run().toString())) {
            return handled(execution, job);
        }
    }

    private Outcome handled(Execution execution, Job job) {
        JobHandler handler = handlers.get(job.type());
        if (handler == null) {
            return Outcome.Failed.of(
                    "No handler for jobs of type '" + job.type() + "'.", "UNKNOWN_JOB_TYPE", true);
        }
        try {
            return handler.handle(execution);
        } catch (CancelledException cancelled) {
            return execution.stopped();
        } catch (EngineException refusal) {
            boolean retryable = !HOPELESS.contains(refusal.code().category());
            return Outcome.Failed.of(
                    String.valueOf(refusal.getMessage()), refusal.code().name(), retryable);
        } catch (Exception | Error failure) {
            // Work that is being stopped fails of it in ways of its own.
            return execution.cancellation().isRequested()
                    ? execution.stopped()
                    : unexpected(job, failure);
        }
    }

    /// The tenant is told that it failed, the operator's log why: a stack trace may hold secrets.
    private static Outcome unexpected(Job job, Throwable failure) {
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        LOG.error("job {} of {} failed unexpectedly", job.id(), job.tenant(), failure);
        return Outcome.Failed.of(
                "Execution error: "
                        + failure.getClass().getSimpleName()
                        + ". The operator's log has it under "
                        + job.id()
                        + ".",
                "INTERNAL_ERROR",
                true);
    }
}
