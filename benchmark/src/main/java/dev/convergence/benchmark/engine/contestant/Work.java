package dev.convergence.benchmark.engine.contestant;

/// What a job does when it runs: nothing but being counted.
@FunctionalInterface
public interface Work {
    void run(Payload payload);
}
