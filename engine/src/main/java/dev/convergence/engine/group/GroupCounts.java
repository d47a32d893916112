package dev.convergence.engine.group;

/// How many members of a group are in which state, each judged by its last attempt.
///
/// @param failed those, too, that were stopped while they ran, or whose last retry was cancelled
/// @param cancelled while they waited for their first attempt
public record GroupCounts(
        int total,
        int queued,
        int running,
        int completed,
        int failed,
        int skipped,
        int cancelled) {}
