package dev.convergence.engine.queue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.function.LongSupplier;

/// What it costs to read an index from its start, past all that is dead there, and how often that
/// can be afforded.
final class LooksFromTheStart {

    /// They take at most this share of the time.
    private static final int COST_SHARE = 20;

    /// One that takes less is never too dear.
    private static final Duration CHEAP = Duration.ofMillis(3);

    /// The cheapest of so many says what one costs: whatever else keeps it waiting can only make it
    /// longer.
    private static final int LOOKS = 8;

    private final LongSupplier nanoTime;
    private final Deque<Long> taken = new ArrayDeque<>(Collections.nCopies(LOOKS, 0L));
    private long lastAt;

    /// @param atFirst how long ago the last one was, as it were
    LooksFromTheStart(LongSupplier nanoTime, Duration atFirst) {
        this.nanoTime = nanoTime;
        lastAt = nanoTime.getAsLong() - atFirst.toNanos();
    }

    synchronized void took(long nanos) {
        taken.remove();
        taken.add(nanos);
        lastAt = nanoTime.getAsLong();
    }

    synchronized boolean isAffordable() {
        return cost() <= CHEAP.toNanos() || sinceLast() >= COST_SHARE * cost();
    }

    /// Whether there was none for a while, and one can be afforded.
    synchronized boolean isDue(Duration atLeast) {
        return sinceLast() >= Math.max(atLeast.toNanos(), COST_SHARE * cost());
    }

    synchronized Duration untilAffordable() {
        return isAffordable()
                ? Duration.ZERO
                : Duration.ofNanos(Math.max(0, COST_SHARE * cost() - sinceLast()));
    }

    private long cost() {
        return Collections.min(taken);
    }

    private long sinceLast() {
        return nanoTime.getAsLong() - lastAt;
    }
}
