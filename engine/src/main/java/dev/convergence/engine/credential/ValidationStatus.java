package dev.convergence.engine.credential;

/// What the last validation of a credential found; PENDING until there was one.
public enum ValidationStatus {
    PENDING,
    VALID,
    INVALID,
    EXPIRED
}
