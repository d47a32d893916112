package dev.convergence.engine.job;

/// How many of a tenant's jobs wait and run; cheap whatever its history.
public record LiveJobs(long queued, long running) {}
