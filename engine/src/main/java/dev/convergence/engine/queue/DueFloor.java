package dev.convergence.engine.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// From which instant on a node looks for pauses that are over.
///
/// The tickets of pauses that are over stay in the index of `deferred` until vacuum takes them.
/// Where reading past them has become dear, a look begins at an instant up to which nothing was
/// left; now and then one begins at the start, for what was committed late.
final class DueFloor {

    /// How late a pause that is over may be committed and still be found at once.
    private static final Duration LAG = Duration.ofSeconds(1);

    private final LooksFromTheStart looks;
    private @Nullable Instant floor;

    DueFloor(LongSupplier nanoTime) {
        looks = new LooksFromTheStart(nanoTime, Duration.ZERO);
    }

    /// Null for a look from the start.
    synchronized @Nullable Instant from() {
        return looks.isAffordable() ? null : floor;
    }

    /// Nothing was due.
    synchronized void nothingSince(@Nullable Instant from, Instant now, long tookNanos) {
        if (from == null) {
            looks.took(tookNanos);
        }
        floor = now.minus(LAG);
    }
}
