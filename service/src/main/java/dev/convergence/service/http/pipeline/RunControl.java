package dev.convergence.service.http.pipeline;

import dev.convergence.api.pipeline.RunAcceptedAnswer;
import dev.convergence.engine.Rooms;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.loop.Waiter;
import dev.convergence.engine.queue.Queue.Cancellation;
import dev.convergence.engine.run.RunView;
import dev.convergence.service.http.Caller;
import java.time.Duration;
import java.util.UUID;

/// Finds a caller's run, and stops it.
public final class RunControl {

    private static final Duration PAUSE = Duration.ofMillis(25);
    private static final int LOOKS_MAX = 120;

    private final Rooms engine;

    public RunControl(Rooms engine) {
        this.engine = engine;
    }

    /// A tenant sees its own runs only; an operator sees all.
    public RunView find(Caller caller, UUID runId) {
        JobId job = JobId.of(runId);
        return switch (caller) {
            case Caller.Tenant tenant -> engine.runs().find(tenant.tenant(), job);
            case Caller.Operator _, Caller.Anyone _ ->
                    engine.runs()
                            .find(job)
                            .orElseThrow(() ->
                                    EngineException.notFound(
                                            "There is no pipeline run " + runId + "."));
        };
    }

    /// Cancels a run and waits a moment for one that runs to notice.
    RunAcceptedAnswer cancel(Caller caller, UUID runId) throws InterruptedException {
        RunView run = find(caller, runId);
        Cancellation result =
                engine.queue()
                        .cancel(
                                run.tenant(),
                                run.job(),
                                "The run was cancelled by a user.",
                                engine.clock().instant());
        if (result == Cancellation.NOT_LIVE) {
            throw new EngineException(
                    ErrorCode.CONFLICT,
                    "The run has ended already: it is " + find(caller, runId).state() + ".");
        }
        return answer(ended(caller, runId));
    }

    private RunView ended(Caller caller, UUID runId) throws InterruptedException {
        RunView run = find(caller, runId);
        for (int look = 0; look < LOOKS_MAX && !run.hasEnded(); look++) {
            new Waiter().await(PAUSE);
            run = find(caller, runId);
        }
        return run;
    }

    private static RunAcceptedAnswer answer(RunView run) {
        return new RunAcceptedAnswer(
                run.run().toString(),
                run.job().toString(),
                null,
                run.pipelineId(),
                run.tenant().value(),
                run.tenant().value(),
                run.state(),
                false,
                false,
                null,
                run.hasEnded()
                        ? "The run is " + run.state() + "."
                        : "The run was asked to stop and has not ended yet.");
    }
}
