package dev.convergence.engine.schedule;

import dev.convergence.engine.slot.SlotOutcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A config's place in its schedule, locked by the transaction that read it.
///
/// @param nextFire when its first undecided instant is to fire
/// @param nominalAt that instant
record Cursor(
        Instant nextFire,
        Instant nominalAt,
        int firedRuns,
        @Nullable Instant haltedFrom,
        @Nullable Instant haltedUntil,
        @Nullable SlotOutcome haltedAs) {}
