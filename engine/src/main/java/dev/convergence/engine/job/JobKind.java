package dev.convergence.engine.job;

/// How a job that a person asked for comes to its execution.
public enum JobKind {
    /// It waits in its tenant's queue.
    QUEUE,
    /// It is executed at once, beside the queue, while its caller waits.
    DIRECT
}
