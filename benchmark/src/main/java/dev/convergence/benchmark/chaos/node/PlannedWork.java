package dev.convergence.benchmark.chaos.node;

import dev.convergence.benchmark.chaos.work.Plan;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.loop.Waiter;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.step.CancelledException;
import dev.convergence.engine.worker.Execution;
import dev.convergence.engine.worker.JobHandler;
import java.time.Duration;
import java.util.UUID;

/// The handler of a plan: writes that it begins, works, writes how it ends, and says so.
///
/// Half of the jobs do not heed a wish to stop, so that late ends reach the engine.
record PlannedWork(Plan plan, Ledger ledger) implements JobHandler.Work {

    @Override
    public Outcome handle(Execution execution) throws InterruptedException {
        Job job = execution.job();
        UUID entry = ledger.began(execution.claim());
        new Waiter().await(Duration.ofMillis(workMillis(job)));
        if (Boolean.TRUE.equals(job.params().get("heeds"))
                && execution.cancellation().isRequested()) {
            ledger.ended(entry, "STOPPED");
            throw new CancelledException("It was told to stop.");
        }
        boolean fails = plan.failsOn(job.attempt());
        ledger.ended(entry, fails ? "FAILED" : "COMPLETED");
        return fails
                ? Outcome.Failed.of("It was to fail.", Plan.CODE, true)
                : Outcome.Completed.plain();
    }

    private static long workMillis(Job job) {
        return job.params().get("work_millis") instanceof Number millis ? millis.longValue() : 0;
    }
}
