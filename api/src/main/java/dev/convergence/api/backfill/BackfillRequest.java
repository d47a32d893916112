package dev.convergence.api.backfill;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which config is to be run for which past days.
///
/// @param mode MISSING (default), FAILED or ALL
/// @param order OLDEST_FIRST (default) or NEWEST_FIRST
/// @param maxConcurrent how many of its runs may be live at once; 1 when left out
/// @param daysBack how many days before its instant the day is that a run loads; 0 when left out
/// @param dryRun answers what it would do, and does nothing
public record BackfillRequest(
        @Nullable UUID configId,
        @Nullable LocalDate startDate,
        @Nullable LocalDate endDate,
        @Nullable String mode,
        @Nullable String order,
        @JsonAlias("concurrent") @Nullable Integer maxConcurrent,
        @Nullable Integer daysBack,
        @Nullable Boolean dryRun) {}
