package dev.convergence.engine.queue;

import java.time.Instant;
import java.util.Optional;

/// How much waits and runs, on all nodes together.
///
/// Exact as long as a number is at most [#EXACT_MAX]; beyond, what the database estimates, which
/// may be a minute old: counting a million tickets would cost more than it tells.
///
/// @param lanesClaimable tenants of whom a job could start now
/// @param oldestReady when the oldest job that could start was asked for; with more tickets than
///   are counted, at least one is as old
public record Depth(
        long ready,
        long deferred,
        long parked,
        long running,
        long lanesClaimable,
        Optional<Instant> oldestReady) {

    public static final int EXACT_MAX = 10_000;
}
