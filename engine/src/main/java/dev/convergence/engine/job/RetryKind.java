package dev.convergence.engine.job;

/// Who had a failed job tried again.
public enum RetryKind {
    /// The engine, by the job's retry policy.
    AUTO,
    /// A person; no automatic retry follows.
    MANUAL
}
