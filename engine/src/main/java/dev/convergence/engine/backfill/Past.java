package dev.convergence.engine.backfill;

import dev.convergence.engine.id.JobId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An instant at which a config was due, with what the ledger and the records know of it.
///
/// @param outcome the slot's outcome; null when the ledger knows nothing of the instant
/// @param job the job that the slot names
/// @param last how the newest attempt of that job's chain ended; null while one is live, or when
///   there is none
/// @param isKept whether that attempt is still on record
record Past(
        Instant dueAt,
        @Nullable String outcome,
        @Nullable JobId job,
        @Nullable String last,
        boolean isKept) {

    private static final String FIRED = "FIRED";

    boolean isFired() {
        return FIRED.equals(outcome);
    }

    boolean isLive() {
        return isFired() && isKept && last == null;
    }

    /// Why a backfill of this mode has nothing to do here; null when it has.
    @Nullable String superfluous(Backfill.Mode mode) {
        if (isLive()) {
            return "Its run is under way.";
        }
        return switch (mode) {
            case MISSING -> isFired() ? "It had its run: " + ended() + "." : null;
            case FAILED -> hasFailed() ? null : "It has no failed run: " + ended() + ".";
            case ALL -> null;
        };
    }

    private boolean hasFailed() {
        return isFired() && ("FAILED".equals(last) || "CANCELLED".equals(last));
    }

    private String ended() {
        if (outcome == null) {
            return "there was none";
        }
        if (!isFired()) {
            return outcome;
        }
        return last == null ? "no longer on record" : last;
    }
}
