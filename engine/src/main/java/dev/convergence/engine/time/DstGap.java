package dev.convergence.engine.time;

/// What becomes of a local time that a change of the clocks leaves out.
public enum DstGap {
    /// It is due at the first instant after the gap.
    SHIFT_FORWARD,
    /// It is not due.
    SKIP
}
