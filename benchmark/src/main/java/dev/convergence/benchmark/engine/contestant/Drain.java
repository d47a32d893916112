package dev.convergence.benchmark.engine.contestant;

import java.time.Duration;

/// How long it took until the last job was done and written down, and whether all were done once.
public record Drain(Duration took, Count count) {

    public double perSecond() {
        return count.jobs() / (took.toNanos() / 1e9);
    }
}
