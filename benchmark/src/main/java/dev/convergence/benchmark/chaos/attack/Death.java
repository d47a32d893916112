package dev.convergence.benchmark.chaos.attack;

import java.time.Instant;

/// The kill -9 of a node's process.
///
/// @param isFar whether the others could know of it by its lease only
public record Death(String life, Instant at, boolean isFar) {}
