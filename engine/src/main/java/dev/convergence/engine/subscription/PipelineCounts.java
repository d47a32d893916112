package dev.convergence.engine.subscription;

/// How a tenant's pipelines stand now.
///
/// @param configured active configs
/// @param scheduledToday slots of configs whose due instant lies in this UTC day
/// @param waiting runs that have not started yet, pauses between retries included
/// @param completed runs that ended well this UTC day
/// @param failed runs that failed this UTC day
public record PipelineCounts(
        long configured,
        long scheduledToday,
        long running,
        long waiting,
        long completed,
        long failed) {}
