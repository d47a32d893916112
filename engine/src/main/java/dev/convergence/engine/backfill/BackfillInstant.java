package dev.convergence.engine.backfill;

import dev.convergence.engine.id.JobId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One instant of a backfill, and the first attempt of the run that was begun for it.
///
/// @param reason why it was left out, or who cancelled it
public record BackfillInstant(
        Instant dueAt, State state, @Nullable JobId job, @Nullable String reason) {

    public enum State {
        WAITING,
        LIVE,
        COMPLETED,
        FAILED,
        SKIPPED,
        CANCELLED,
        LEFT_OUT
    }
}
