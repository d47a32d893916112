package dev.convergence.engine.pipeline;

/// What becomes of an instant while an earlier run of the config has not ended.
public enum Overlap {
    /// It does not run.
    SKIP,
    /// It waits for the end of that run, unless another waits already.
    QUEUE_ONE,
    /// It runs beside it.
    ALLOW,
    /// It takes the place of that run, which is cancelled, and of one that waits for it.
    CANCEL_RUNNING
}
