package dev.convergence.engine.backfill;

import dev.convergence.engine.id.BackfillId;
import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A wish to run a config for the instants of past days, and how far it has come.
///
/// @param obstacle why nothing is begun at present; null when something may be
/// @param endReason why it ended before its time
public record Backfill(
        BackfillId id,
        TenantId tenant,
        ConfigId config,
        Request request,
        State state,
        Counts counts,
        @Nullable Obstacle obstacle,
        @Nullable String endReason,
        @Nullable String createdBy,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant endedAt) {

    public enum State {
        RUNNING,
        PAUSED,
        COMPLETED,
        CANCELLED;

        public boolean isOver() {
            return this == COMPLETED || this == CANCELLED;
        }
    }

    /// Which instants of the asked days are run.
    public enum Mode {
        /// Those that never had a run: unknown to the ledger, or skipped.
        MISSING,
        /// Those whose last attempt failed or was cancelled.
        FAILED,
        /// All whose run is not under way.
        ALL
    }

    public enum Direction {
        OLDEST_FIRST,
        NEWEST_FIRST
    }

    /// What was asked for.
    ///
    /// @param start the first day, in the config's time zone
    /// @param end the last day, included
    /// @param concurrentMax how many of its runs may be live at once
    /// @param carriesDate whether a run gets its instant's day as the parameter `date`
    /// @param daysBack how many days before its instant that day is
    public record Request(
            LocalDate start,
            LocalDate end,
            Mode mode,
            Direction direction,
            int concurrentMax,
            boolean carriesDate,
            int daysBack) {}

    /// How many of its instants stand where.
    ///
    /// @param waiting not begun yet
    /// @param live begun and not over, pauses between retries included
    /// @param leftOut not run by it, because it was superfluous when its turn came
    public record Counts(
            int total,
            int waiting,
            int live,
            int completed,
            int failed,
            int skipped,
            int cancelled,
            int leftOut) {}

    /// Why nothing is begun at present.
    public record Obstacle(Cause cause, String because) {

        public enum Cause {
            QUOTA,
            LANE,
            TENANT
        }
    }
}
