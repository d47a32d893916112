package dev.convergence.engine.queue;

import dev.convergence.engine.job.Job;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/// Decides whether a job that ended is tried again. Pure but for the jitter's dice.
///
/// @param jitterShare how far a pause may move, as a share of itself
/// @param dice numbers from 0 (inclusive) to 1
public record Judge(double jitterShare, DoubleSupplier dice) {

    public Verdict judge(Job job, Outcome outcome) {
        return new Verdict(outcome, retryAfter(job, outcome));
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
