package dev.convergence.engine.event;

/// How a node learns of work that another node has put in.
public enum WakeUp {
    /// By a notification of the database, at once.
    NOTIFY,
    /// By looking: notifications do not arrive, as behind a pooler of transactions.
    POLL
}
