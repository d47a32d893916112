package dev.convergence.engine.queue;

import java.time.Duration;
import java.util.Optional;

/// What becomes of a job after an execution.
///
/// @param retryAfter the pause before another attempt; empty when the chain ends here
public record Verdict(Outcome outcome, Optional<Duration> retryAfter) {}
