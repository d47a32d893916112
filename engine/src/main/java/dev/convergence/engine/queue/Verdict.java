package dev.convergence.engine.queue;

import java.time.Duration;
import java.util.Optional;

/// What becomes of a job after an execution.
///
/// @param retryAfter the pause before another attempt; empty when the chain ends here
public record Verdict(Outcome outcome, Optional<Duration> retryAfter, NodeLoss nodeLoss) {

    /// Whether the execution's node died with it.
    public enum NodeLoss {
        NONE,
        /// It did; the next attempt remembers that.
        COUNTED,
        /// It did too often: the job becomes a dead letter.
        GIVEN_UP
    }

    public Verdict(Outcome outcome, Optional<Duration> retryAfter) {
        this(outcome, retryAfter, NodeLoss.NONE);
    }
}
