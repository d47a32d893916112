package dev.convergence.engine.worker;

import dev.convergence.engine.job.Job;
import dev.convergence.engine.queue.Claim;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.step.Cancellation;
import java.util.Objects;

/// One attempt under way: the claim, and whether somebody wants it stopped.
public final class Execution {

    private final Claim claim;
    private final CancelSignal signal = new CancelSignal();
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

    public Cancellation cancellation() {
        return signal;
    }

    void cancel(String reason) {
        signal.cancel(reason);
    }

    /// Stops work that this node may no longer finish; unlike a cancellation it is tried again.
    void lose(String reason) {
        lost = true;
        signal.cancel(reason);
    }

    /// How the work ends that was stopped: as cancelled by somebody, or as lost with its node.
    public Outcome stopped() {
        String reason = Objects.requireNonNullElse(signal.reason(), "The run was cancelled.");
        return lost
                ? Outcome.Failed.of("Ended by recovery: " + reason, Outcome.NODE_LOST, true)
                : new Outcome.Cancelled(reason);
    }
}
