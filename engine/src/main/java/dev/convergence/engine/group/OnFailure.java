package dev.convergence.engine.group;

/// What becomes of the later members of a sequential group when one has failed for good.
public enum OnFailure {
    /// They are not executed: their runs are SKIPPED, their jobs count as cancelled.
    STOP,
    /// They go on.
    CONTINUE,
    /// They are not executed: their runs are SKIPPED, and nothing else is said of them.
    SKIP
}
