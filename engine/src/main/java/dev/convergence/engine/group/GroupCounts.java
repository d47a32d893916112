package dev.convergence.engine.group;

/// How many members of a group are in which state, each judged by its last attempt.
///
/// @param failed those, too, whose last retry was cancelled: they failed, and nothing follows
public record GroupCounts(
        int total,
        int queued,
        int running,
        int completed,
        int failed,
        int skipped,
        int cancelled) {}
