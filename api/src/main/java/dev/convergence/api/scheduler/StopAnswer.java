package dev.convergence.api.scheduler;

/// @param success whether nothing runs any more
/// @param state STOPPED, or STOPPING while something runs
public record StopAnswer(boolean success, String state, String message) {}
