package dev.convergence.engine.error;

/// What kind of refusal it is: who can mend it, and whether trying again can help.
public enum ErrorCategory {
    VALIDATION,
    AUTHENTICATION,
    AUTHORIZATION,
    NOT_FOUND,
    CONFLICT,
    QUOTA,
    EXTERNAL,
    TRANSIENT,
    INTERNAL
}
