package dev.convergence.benchmark.chaos.attack;

import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;

/// The database's time, also while it is away: read once, carried on by the monotonic clock.
public record DatabaseTime(Instant read, long nanoTime) {

    private static final String NOW = "SELECT clock_timestamp()";

    public static DatabaseTime read(Jdbi jdbi) {
        Instant now = jdbi.withHandle(handle -> handle.createQuery(NOW).mapTo(Instant.class).one());
        return new DatabaseTime(now, System.nanoTime());
    }

    public Instant now() {
        return read.plusNanos(System.nanoTime() - nanoTime);
    }

    public Duration since() {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }
}
