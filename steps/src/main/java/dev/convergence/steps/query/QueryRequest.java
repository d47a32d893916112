package dev.convergence.steps.query;

/// What the sandbox's process is asked to do; one JSON line.
///
/// @param memoryMegabytes DuckDB's own limit, which gives the better message; the process has a
///   hard one beside it
record QueryRequest(
        String databaseFile,
        String sql,
        int limit,
        long timeMillis,
        int memoryMegabytes,
        int answerBytes) {}
