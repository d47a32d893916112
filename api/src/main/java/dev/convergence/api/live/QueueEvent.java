package dev.convergence.api.live;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A tenant's queue in numbers, the two counts up to 1,000.
///
/// @param waiting jobs that may start
/// @param pausing jobs whose time has not come
/// @param oldestWaitingSince when the one of the waiting was put in that has waited longest
public record QueueEvent(
        long waiting,
        long pausing,
        int running,
        int concurrentLimit,
        @Nullable Instant oldestWaitingSince) {}
