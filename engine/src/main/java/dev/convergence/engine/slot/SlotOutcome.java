package dev.convergence.engine.slot;

/// What became of an instant at which a config was due.
public enum SlotOutcome {
    FIRED,
    SKIPPED_MISSED,
    SKIPPED_OVERLAP,
    SKIPPED_QUOTA,
    SKIPPED_DISABLED,
    SKIPPED_SUSPENDED
}
