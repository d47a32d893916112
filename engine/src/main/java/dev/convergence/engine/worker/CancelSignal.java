package dev.convergence.engine.worker;

import dev.convergence.engine.step.Cancellation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A wish to stop that can be made once, and who has to hear of it.
final class CancelSignal implements Cancellation {

    private static final Logger LOG = LoggerFactory.getLogger(CancelSignal.class);

    private final List<Runnable> interrupts = new ArrayList<>();
    private @Nullable String reason;

    @Override
    public synchronized boolean isRequested() {
        return reason != null;
    }

    /// Why the work is to stop; null while it is not.
    synchronized @Nullable String reason() {
        return reason;
    }

    @Override
    public Registration onRequest(Runnable interrupt) {
        synchronized (this) {
            if (reason == null) {
                interrupts.add(interrupt);
                return () -> forget(interrupt);
            }
        }
        interrupt.run();
        return () -> {};
    }

    private synchronized void forget(Runnable interrupt) {
        interrupts.remove(interrupt);
    }

    /// One hearer that fails must not keep the others from hearing.
    private static void tell(Runnable hearer) {
        try {
            hearer.run();
        } catch (RuntimeException failure) {
            LOG.warn("An interrupt of running work failed", failure);
        }
    }

    /// The first reason counts.
    void cancel(String why) {
        List<Runnable> hearers;
        synchronized (this) {
            if (reason != null) {
                return;
            }
            reason = why;
            hearers = List.copyOf(interrupts);
            interrupts.clear();
        }
        hearers.forEach(CancelSignal::tell);
    }
}
