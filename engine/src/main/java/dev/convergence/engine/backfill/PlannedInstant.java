package dev.convergence.engine.backfill;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// One instant of the asked days, and whether a backfill would run it.
///
/// @param date the day that its run would load; null when the template has no such parameter
/// @param known what the ledger knows of it: a slot's outcome, or null
/// @param leftOut why it would not be run; null when it would
public record PlannedInstant(
        Instant dueAt,
        @Nullable LocalDate date,
        @Nullable String known,
        @Nullable String last,
        @Nullable String leftOut) {

    public boolean isWanted() {
        return leftOut == null;
    }
}
