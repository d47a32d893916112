package dev.convergence.engine;

import dev.convergence.engine.queue.Outcome;

/// How a step lets an execution end.
enum End {
    COMPLETED,
    FAILED,
    HOPELESS,
    SKIPPED;

    Outcome outcome() {
        return switch (this) {
            case COMPLETED -> Outcome.Completed.plain();
            case FAILED -> Outcome.Failed.of("It was told to fail.", "TEST", true);
            case HOPELESS -> Outcome.Failed.of("It was told to fail for good.", "TEST", false);
            case SKIPPED -> new Outcome.Skipped("It was told to skip.");
        };
    }

    String state() {
        return this == HOPELESS ? "FAILED" : name();
    }
}
