package dev.convergence.benchmark.engine.server;

import java.time.Instant;
import java.time.InstantSource;

/// The machine's clock, the only one that all processes of a run have in common.
public final class WallClock {

    private static final InstantSource SOURCE = InstantSource.system();

    private WallClock() {}

    public static Instant instant() {
        return SOURCE.instant();
    }
}
