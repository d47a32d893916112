package dev.convergence.engine.backfill;

import dev.convergence.engine.backfill.Backfill.Counts;
import dev.convergence.engine.backfill.Backfill.Obstacle;
import dev.convergence.engine.backfill.Backfill.State;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How a backfill goes from state to state. Pure.
final class Transitions {

    private Transitions() {}

    /// As it stands after a look at its instants; over when none waits and none is live.
    static Backfill counted(
            Backfill before, Counts counts, @Nullable Obstacle obstacle, Instant now) {
        boolean over =
                before.state() == State.RUNNING && counts.waiting() == 0 && counts.live() == 0;
        return with(
                before,
                over ? State.COMPLETED : before.state(),
                counts,
                over || counts.waiting() == 0 ? null : obstacle,
                before.endReason(),
                over ? now : before.endedAt(),
                now);
    }

    static Backfill paused(Backfill before, Instant now) {
        return with(before, State.PAUSED, before.counts(), null, null, null, now);
    }

    static Backfill resumed(Backfill before, Instant now) {
        return with(before, State.RUNNING, before.counts(), null, null, null, now);
    }

    static Backfill cancelled(Backfill before, Counts counts, String reason, Instant now) {
        return with(before, State.CANCELLED, counts, null, reason, now, now);
    }

    private static Backfill with(
            Backfill before,
            State state,
            Counts counts,
            @Nullable Obstacle obstacle,
            @Nullable String endReason,
            @Nullable Instant endedAt,
            Instant now) {
        return new Backfill(
                before.id(),
                before.tenant(),
                before.config(),
                before.request(),
                state,
                counts,
                obstacle,
                endReason,
                before.createdBy(),
                before.createdAt(),
                now,
                endedAt);
    }
}
