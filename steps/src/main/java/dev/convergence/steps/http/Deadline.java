package dev.convergence.steps.http;

import java.time.Duration;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// The end of our patience, on the clock that only measures.
public record Deadline(long nanos) {

    public static Deadline in(Duration patience) {
        return new Deadline(System.nanoTime() + patience.toNanos());
    }

    public boolean isOver() {
        return System.nanoTime() - nanos >= 0;
    }

    /// What is left of the patience; nothing once it is over.
    public Duration left() {
        return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
    }

    /// What happens when the time is over; closing it forgets it.
    ///
    /// A limit on silence alone would never end an answer that comes byte by byte.
    Alarm atEnd(Runnable work) {
        ScheduledFuture<?> alarm =
                ForkJoinPool.commonPool()
                        .schedule(work, nanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        return () -> alarm.cancel(false);
    }

    interface Alarm extends AutoCloseable {
        @Override
        void close();
    }
}
