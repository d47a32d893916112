package dev.convergence.engine.worker;

import dev.convergence.engine.job.Job;
import dev.convergence.engine.queue.Claim;
import dev.convergence.engine.step.Cancellation;
import org.jspecify.annotations.Nullable;

/// One attempt under way: the claim, and whether somebody wants it stopped.
public final class Execution {

    private final Claim claim;
    private final CancelSignal signal = new CancelSignal();

    Execution(Claim claim) {
        this.claim = claim;
    }

    public Claim claim() {
        return claim;
    }

    public Job job() {
        return claim.job();
    }

    public Cancellation cancellation() {
        return signal;
    }

    CancelSignal signal() {
        return signal;
    }

    /// Why it is to stop; null while it is not.
    public @Nullable String cancelReason() {
        return signal.reason();
    }

    void cancel(String reason) {
        signal.cancel(reason);
    }
}
