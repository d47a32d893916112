package dev.convergence.benchmark.chaos.work;

/// A tenant of the storm.
///
/// @param limit how many of its jobs may run at once
/// @param weight its share beside the others
public record TenantPlan(String name, int limit, int weight) {}
