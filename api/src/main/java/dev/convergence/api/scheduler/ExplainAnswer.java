package dev.convergence.api.scheduler;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a cron expression means in a time zone.
///
/// @param dstOverlap what is asked for, or what the expression means by itself
/// @param changes the changes of the clocks from `from` to the last instant shown
public record ExplainAnswer(
        String cron,
        String timezone,
        String dstGap,
        String dstOverlap,
        Instant from,
        List<Due> next,
        List<Change> changes) {

    /// @param localTime the wall clock, with the offset that holds then
    /// @param dst GAP or OVERLAP on a day on which the clocks change; null on others
    /// @param note what the change does to this instant
    public record Due(Instant at, String localTime, @Nullable String dst, @Nullable String note) {}

    /// @param kind GAP: the clocks go forward, OVERLAP: they go back
    public record Change(Instant at, String kind, String localBefore, String localAfter) {}
}
