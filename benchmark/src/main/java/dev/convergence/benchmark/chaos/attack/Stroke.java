package dev.convergence.benchmark.chaos.attack;

import java.time.Instant;

/// One attack as it was carried out.
///
/// @param what in a few words: which node, for how long
public record Stroke(Attack attack, String what, Instant from, Instant to) {}
