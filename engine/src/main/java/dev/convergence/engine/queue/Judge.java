package dev.convergence.engine.queue;

import dev.convergence.engine.job.Job;
import dev.convergence.engine.queue.Verdict.NodeLoss;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/// Decides whether a job that ended is tried again. Pure but for the jitter's dice.
///
/// @param jitterShare how far a pause may move, as a share of itself
/// @param nodeLossesMax so many nodes may die while they run a chain's attempts; then the job is
///   taken for what kills them
/// @param dice numbers from 0 (inclusive) to 1
public record Judge(double jitterShare, int nodeLossesMax, DoubleSupplier dice) {

    public Verdict judge(Job job, Outcome outcome) {
        return new Verdict(outcome, retryAfter(job, outcome));
    }

    /// Of a job whose node died while it ran.
    public Verdict judgeLost(Job job, Outcome outcome) {
        return job.nodeLosses() + 1 < nodeLossesMax
                ? new Verdict(outcome, retryAfter(job, outcome), NodeLoss.COUNTED)
                : new Verdict(outcome, Optional.empty(), NodeLoss.GIVEN_UP);
    }

    private Optional<Duration> retryAfter(Job job, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Failed failed
                    when failed.retryable() && job.attempt() < job.retry().retriesMax() ->
                    Optional.of(
                            job.retry()
                                    .backoff()
                                    .before(job.attempt() + 1, jitterShare, dice.getAsDouble()));
            case Outcome.Failed _, Outcome.Completed _, Outcome.Skipped _, Outcome.Cancelled _ ->
                    Optional.empty();
        };
    }
}
