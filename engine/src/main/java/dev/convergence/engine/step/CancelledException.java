package dev.convergence.engine.step;

/// Thrown by work that noticed its cancellation.
public class CancelledException extends RuntimeException {

    public CancelledException(String message) {
        super(message);
    }
}
