package dev.convergence.engine.pipeline;

/// What becomes of instants that nobody saw in time: during an outage, a deploy or a suspension.
public enum MissedRuns {
    /// The latest one runs.
    LAST,
    /// The latest ones run, up to a number.
    ALL,
    /// None runs that is later than the start deadline.
    NONE
}
