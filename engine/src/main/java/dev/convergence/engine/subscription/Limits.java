package dev.convergence.engine.subscription;

/// How many pipelines may run: in a UTC day, in a calendar month, and at once.
public record Limits(int daily, int monthly, int concurrent) {}
