package dev.convergence.engine.schedule;

import dev.convergence.engine.slot.SlotOutcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A config's place in its schedule, locked by the transaction that read it.
///
/// @param nextFire when its first undecided instant is to fire
/// @param nominalAt that instant
/// @param anchoredAt since when the cadence counts; an instant before was set by somebody
record Cursor(
        Instant nextFire,
        Instant nominalAt,
        @Nullable Instant anchoredAt,
        int firedRuns,
        @Nullable Instant haltedFrom,
        @Nullable Instant haltedUntil,
        @Nullable SlotOutcome haltedAs) {}
