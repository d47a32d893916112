package dev.convergence.engine.worker;

import dev.convergence.engine.artifact.ArtifactDraft;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.queue.Claim;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.step.Cancellation;
import dev.convergence.engine.step.CancelledException;
import java.util.Objects;

/// One attempt under way: the claim, and whether somebody wants it stopped.
public final class Execution {

    private final Claim claim;
    private final Journal journal;
    private final CancelSignal signal = new CancelSignal();
    private volatile boolean lost;

    Execution(Claim claim, Journal journal) {
        this.claim = claim;
        this.journal = journal;
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

    /// Writes a line into the run's log. Of an execution whose claim is gone nothing is written.
    public void log(String line) {
        journal.line(claim, line);
    }

    /// Keeps something that this execution has made; the same name again replaces it.
    ///
    /// @param name a file name without folders, by which it is fetched
    /// @throws CancelledException when the claim is gone: nothing is stored, and the work is to
    ///   stop
    public void store(String name, String mediaType, byte[] bytes) {
        if (!journal.store(claim, new ArtifactDraft(name, mediaType, bytes))) {
            lose("its lease was taken away.");
            throw new CancelledException("The claim is gone.");
        }
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
