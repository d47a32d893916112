package dev.convergence.engine.queue;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.job.Job;
import java.time.Instant;

/// Makes the next attempt of a failed job: a new job that points back; the failed one stays as it
/// is.
final class Retries {

    private static final int PRIORITY_MIN = 1;

    private Retries() {}

    static Job next(Job failed, boolean lostItsNode, Instant now) {
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
                failed.origin().retried(),
                failed.nodeLosses() + (lostItsNode ? 1 : 0),
                failed.ties().retried());
    }

    /// The same work as a chain of its own, which points back at the one that was given up.
    static Job again(Job dead, JobId id) {
        return new Job(
                id,
                dead.tenant(),
                dead.type(),
                dead.params(),
                dead.priority(),
                0,
                dead.id(),
                id,
                dead.retry(),
                dead.pool(),
                dead.origin().retried(),
                0,
                dead.ties().redriven());
    }

    /// A pipeline's retry gives way to first attempts; a job's keeps its place in the order.
    private static int priority(Job failed) {
        return failed.isPipeline()
                ? Math.min(failed.priority(), Math.max(PRIORITY_MIN, failed.priority() - 1))
                : failed.priority();
    }
}
