package dev.convergence.engine.notification;

/// How much a message matters to who reads it.
public enum Severity {
    INFO,
    WARNING,
    ERROR,
    CRITICAL
}
