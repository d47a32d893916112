package dev.convergence.engine.pipeline;

/// Why a config is not active.
public enum Halt {
    /// Somebody switched it off.
    PAUSED,
    /// Too many of its runs failed in a row.
    FAILURES,
    /// Its end date has come, or it has had all its runs.
    ENDED
}
