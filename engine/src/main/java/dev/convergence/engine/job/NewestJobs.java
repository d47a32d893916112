package dev.convergence.engine.job;

import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What was found among the newest of some jobs.
///
/// @param found those asked for, newest first, at most as many as asked for
/// @param floor the oldest that was looked at, below which there may be more; null when there is
///   none
public record NewestJobs(List<UUID> found, @Nullable UUID floor) {

    /// Filled up from below the floor, where they are not enough.
    ///
    /// @param below finds so many more that are older than a job
    public List<UUID> filled(int limit, BiFunction<UUID, Integer, List<UUID>> below) {
        return found.size() >= limit || floor == null
                ? found
                : Stream.concat(found.stream(), below.apply(floor, limit - found.size()).stream())
                        .toList();
    }
}
