package dev.convergence.benchmark.engine.contestant;

/// Workers that have been started.
public interface Workers extends AutoCloseable {

    /// Whether the ends of so many jobs are written down, durably.
    boolean isSettled(int jobs) throws Exception;
}
