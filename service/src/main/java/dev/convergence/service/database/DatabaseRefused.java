package dev.convergence.service.database;

/// The database cannot be used; the sentence says why and what to do, and goes to the operator.
public final class DatabaseRefused extends RuntimeException {

    public DatabaseRefused(String message) {
        super(message);
    }

    public DatabaseRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
