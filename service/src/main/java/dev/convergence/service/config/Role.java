package dev.convergence.service.config;

/// A part of the work that a node takes on; a single node has all.
public enum Role {
    API,
    SCHEDULER,
    WORKER
}
