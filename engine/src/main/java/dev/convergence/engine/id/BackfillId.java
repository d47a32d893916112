package dev.convergence.engine.id;

import java.time.Instant;
import java.util.UUID;

/// The id of a backfill: a wish to run a config for the instants of past days.
public record BackfillId(UUID value) {

    public static BackfillId next(Instant now) {
        return new BackfillId(TimeOrderedId.next(now));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
