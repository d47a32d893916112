package dev.convergence.api.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Jobs, newest first.
///
/// @param total all that the filter lets through
/// @param queuedCount all of the tenant's that wait
/// @param runningCount all of the tenant's that run
public record JobsAnswer(
        List<JobAnswer> jobs,
        long total,
        long queuedCount,
        long runningCount,
        @Nullable String nextCursor) {}
