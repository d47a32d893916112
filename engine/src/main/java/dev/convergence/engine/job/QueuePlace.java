package dev.convergence.engine.job;

import dev.convergence.engine.id.JobId;

/// Where a waiting job stands in its tenant's queue.
///
/// @param rank from 1, counted when the page was read
public record QueuePlace(JobId job, int priority, long position, int rank) {}
