package dev.convergence.steps.intake;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import java.util.concurrent.atomic.AtomicLong;

/// The bytes that a run may still copy, fetch and unpack; nothing is given back, so that it bounds
/// the staging database too.
public final class ByteBudget implements AutoCloseable {

    private final long bytesMax;
    private final AtomicLong taken = new AtomicLong();

    public ByteBudget(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    void take(long bytes) {
        if (taken.addAndGet(bytes) > bytesMax) {
            throw new EngineException(
                    ErrorCode.INVALID_PARAMETER,
                    "file: one run reads at most "
                            + bytesMax
                            + " bytes, counted as they are copied and again as they are unpacked;"
                            + " load the files in parts.");
        }
    }

    /// Holds nothing open; a run's shared things can be closed.
    @Override
    public void close() {}
}
