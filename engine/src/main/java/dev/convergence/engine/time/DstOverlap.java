package dev.convergence.engine.time;

/// What becomes of a local time that a change of the clocks brings twice.
public enum DstOverlap {
    FIRST,
    SECOND,
    BOTH
}
