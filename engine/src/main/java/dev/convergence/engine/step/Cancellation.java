package dev.convergence.engine.step;

/// Tells running work that its result is no longer wanted: cancelled, timed out, or its lease lost.
public interface Cancellation {

    boolean isRequested();

    /// @throws CancelledException when cancellation was requested
    default void check() {
        if (isRequested()) {
            throw new CancelledException("The work was cancelled.");
        }
    }

    /// Registers what interrupts a blocking call (such as `Statement.cancel`); runs at once when
    /// cancellation was requested before. Closing the registration forgets it.
    Registration onRequest(Runnable interrupt);

    /// A registered interrupt.
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
