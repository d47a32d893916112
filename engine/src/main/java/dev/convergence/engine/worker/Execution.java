package dev.convergence.engine.worker;

import dev.convergence.engine.job.Job;
import dev.convergence.engine.queue.Claim;
import dev.convergence.engine.step.Cancellation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One attempt under way: the claim, and whether somebody wants it stopped.
public final class Execution implements Cancellation {

    private final Claim claim;
    private final List<Runnable> interrupts = new ArrayList<>();
    private volatile @Nullable String cancelReason;
    private volatile boolean lost;

    Execution(Claim claim) {
        this.claim = claim;
    }

    public Claim claim() {
        return claim;
    }

    public Job job() {
        return claim.job();
    }

    @Override
    public boolean isRequested() {
        return cancelReason != null;
    }

    /// Why it is to stop; null while it is not.
    public @Nullable String cancelReason() {
        return cancelReason;
    }

    /// The lease is gone or about to end: whatever comes of the work will be refused.
    public boolean isLost() {
        return lost;
    }

    @Override
    public Registration onRequest(Runnable interrupt) {
        synchronized (interrupts) {
            if (cancelReason == null) {
                interrupts.add(interrupt);
                return () -> {
                    synchronized (interrupts) {
                        interrupts.remove(interrupt);
                    }
                };
            }
        }
        interrupt.run();
        return () -> {};
    }

    /// Asks the work to stop; the first reason counts.
    void cancel(String reason) {
        List<Runnable> toRun;
        synchronized (interrupts) {
            if (cancelReason != null) {
                return;
            }
            cancelReason = reason;
            toRun = List.copyOf(interrupts);
            interrupts.clear();
        }
        toRun.forEach(Runnable::run);
    }

    void lose(String reason) {
        lost = true;
        cancel(reason);
    }
}
