package dev.convergence.benchmark.engine.contestant;

/// How big a node of ours is.
///
/// @param slots how many jobs it runs at once
/// @param connections how many connections it may use
public record Sizing(int slots, int connections) {

    public static final Sizing DEFAULT = new Sizing(4000, 16);
}
