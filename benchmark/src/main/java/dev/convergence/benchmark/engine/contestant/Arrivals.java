package dev.convergence.benchmark.engine.contestant;

import java.time.Duration;

/// Jobs that another process puts in one by one, at moments spread evenly around a mean pause.
///
/// @param warmUp how many come before those that count, so that both processes are warm
public record Arrivals(int jobs, int warmUp, Duration pause) {}
