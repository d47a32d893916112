package dev.convergence.steps.http;

import java.time.Duration;

/// The end of our patience, on the clock that only measures.
record Deadline(long nanos) {

    static Deadline in(Duration patience) {
        return new Deadline(System.nanoTime() + patience.toNanos());
    }

    boolean isOver() {
        return System.nanoTime() - nanos > 0;
    }
}
