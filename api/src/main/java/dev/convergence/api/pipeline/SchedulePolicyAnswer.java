package dev.convergence.api.pipeline;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How a config's due instants become runs, with the defaults of what nobody set.
///
/// @param dstGap SHIFT_FORWARD or SKIP: a local time that the clocks leave out
/// @param dstOverlap FIRST, SECOND or BOTH: a local time that comes twice
/// @param missedRuns LAST, ALL or NONE
/// @param missedRunsMax how many of ALL run; null with another
/// @param startDeadline ISO duration: how late an instant may still run; null is no limit
/// @param overlap SKIP, QUEUE_ONE, ALLOW or CANCEL_RUNNING
/// @param window ISO duration over which configs are spread; null fires on time
/// @param spreadSeconds how much later than its instants this config fires, because of the window
public record SchedulePolicyAnswer(
        String dstGap,
        String dstOverlap,
        String missedRuns,
        @Nullable Integer missedRunsMax,
        @Nullable String startDeadline,
        String overlap,
        @Nullable String window,
        long spreadSeconds,
        @Nullable Instant endAt,
        @Nullable Integer maxRuns,
        @Nullable Integer pauseAfterFailures) {}
