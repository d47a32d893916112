package dev.convergence.engine.pipeline;

import dev.convergence.engine.slot.SlotOutcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where a config stands in its schedule.
///
/// @param nextRunTime when it runs next; the one truth of what is due
/// @param nominalAt the due instant of that run: earlier by the config's share of its window
/// @param anchoredAt since when the present cadence counts
/// @param firedRuns how many instants have fired
/// @param haltedFrom the begin of the last pause or suspension
/// @param haltedUntil its end; null while it lasts
/// @param haltedAs what becomes of its instants
public record Timing(
        Instant nextRunTime,
        Instant nominalAt,
        @Nullable Instant anchoredAt,
        int firedRuns,
        boolean isSuspended,
        @Nullable Instant haltedFrom,
        @Nullable Instant haltedUntil,
        @Nullable SlotOutcome haltedAs) {

    Timing cursor(Instant nextRunTime, Instant nominalAt, @Nullable Instant anchoredAt) {
        return new Timing(
                nextRunTime,
                nominalAt,
                anchoredAt,
                firedRuns,
                isSuspended,
                haltedFrom,
                haltedUntil,
                haltedAs);
    }

    Timing halted(@Nullable Instant from, @Nullable Instant until, @Nullable SlotOutcome outcome) {
        return new Timing(
                nextRunTime, nominalAt, anchoredAt, firedRuns, isSuspended, from, until, outcome);
    }
}
