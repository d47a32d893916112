package dev.convergence.engine.worker;

import dev.convergence.engine.step.Cancellation;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// A cancellation that comes from outside or from a limit of time, whichever is first.
public final class TimedCancellation implements Cancellation, AutoCloseable {

    // One thread for all limits: it only raises signals.
    private static final ScheduledExecutorService TIMER =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("time-limits").daemon(true).factory());

    private final CancelSignal signal = new CancelSignal();
    private final Registration outer;
    private final ScheduledFuture<?> limit;
    private volatile boolean timedOut;

    private TimedCancellation(Cancellation outside, Duration timeout) {
        outer = outside.onRequest(() -> signal.cancel("The work was cancelled."));
        limit = TIMER.schedule(this::expire, timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    public static TimedCancellation of(Cancellation outside, Duration timeout) {
        return new TimedCancellation(outside, timeout);
    }

    private void expire() {
        timedOut = !signal.isRequested();
        Thread.ofVirtual().start(() -> signal.cancel("The time was up."));
    }

    public boolean timedOut() {
        return timedOut;
    }

    @Override
    public boolean isRequested() {
        return signal.isRequested();
    }

    @Override
    public Registration onRequest(Runnable interrupt) {
        return signal.onRequest(interrupt);
    }

    @Override
    public void close() {
        limit.cancel(false);
        outer.close();
    }
}
