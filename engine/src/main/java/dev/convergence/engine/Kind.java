package dev.convergence.engine;

/// What a query reads, and so what it costs and when it may be asked.
enum Kind {
    /// What waits or runs: cheap as long as little does.
    LIVE,
    /// All jobs, runs or slots since a day: as long as that history.
    HISTORY,
    /// Compares with the time. Nodes must be running, and a moment's delay may show: only what a
    /// second look finds again is broken.
    CLOCK
}
