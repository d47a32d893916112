package dev.convergence.engine.group;

/// How the members of a group start.
public enum GroupMode {
    /// One after the other, in the order in which they were given.
    SEQUENTIAL,
    /// All at once, as far as the lane and its pools let them.
    PARALLEL
}
