package dev.convergence.engine.group;

/// What a group does, or how it ended.
public enum GroupStatus {
    /// Members wait, none runs.
    QUEUED,
    RUNNING,
    COMPLETED,
    /// A member failed for good; or some completed and others were cancelled one by one.
    PARTIAL,
    CANCELLED;

    public boolean isEnd() {
        return this != QUEUED && this != RUNNING;
    }
}
