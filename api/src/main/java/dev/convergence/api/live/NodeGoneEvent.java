package dev.convergence.api.live;

/// A node that is not there any more: it has stopped, or was taken for dead.
public record NodeGoneEvent(String nodeId) {}
