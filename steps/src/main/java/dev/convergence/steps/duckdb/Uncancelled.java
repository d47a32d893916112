package dev.convergence.steps.duckdb;

import dev.convergence.engine.step.Cancellation;

/// For work of the warehouse itself, which no run can cancel.
public enum Uncancelled implements Cancellation {
    ALWAYS;

    @Override
    public boolean isRequested() {
        return false;
    }

    @Override
    public Registration onRequest(Runnable interrupt) {
        return () -> {};
    }
}
