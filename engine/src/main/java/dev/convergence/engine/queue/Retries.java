package dev.convergence.engine.queue;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.job.Job;
import java.time.Instant;

/// Makes the next attempt of a failed job: a new job that points back; the failed one stays as it
/// is.
final class Retries {

    private static final int PRIORITY_MIN = 1;

    private Retries() {}

    static Job next(Job failed, Instant now) {
        return new Job(
                JobId.next(now),
                failed.tenant(),
                failed.type(),
                failed.params(),
                priority(failed),
                failed.attempt() + 1,
                failed.id(),
                failed.root(),
                failed.retry(),
                failed.pool(),
                failed.origin().retried());
    }

    /// A pipeline's retry gives way to first attempts; a job's keeps its place in the order.
    private static int priority(Job failed) {
        return failed.isPipeline()
                ? Math.max(PRIORITY_MIN, failed.priority() - 1)
                : failed.priority();
    }
}
