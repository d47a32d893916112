package dev.convergence.engine.sql;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;

/// The database's time, told without asking it each time.
///
/// What is due and whose lease has ended must not depend on a node's own clock, which may be
/// minutes off. Between two readings the monotonic clock goes on, which nobody can set.
public final class DatabaseClock implements InstantSource {

    private record Reading(Instant databaseTime, long nanoTime) {}

    private final AtomicReference<Reading> reading;

    public DatabaseClock(Database database) {
        reading = new AtomicReference<>(database.read(DatabaseClock::read));
    }

    private static final String NOW = "SELECT clock_timestamp()";

    private static Reading read(Handle handle) {
        Instant time = handle.createQuery(NOW).mapTo(Instant.class).one();
        return new Reading(time, System.nanoTime());
    }

    /// Reads the database's time again; called with each heartbeat.
    public Instant refresh(Handle handle) {
        Reading fresh = read(handle);
        reading.set(fresh);
        return fresh.databaseTime();
    }

    @Override
    public Instant instant() {
        Reading last = reading.get();
        return last.databaseTime()
                .plusNanos(System.nanoTime() - last.nanoTime())
                .truncatedTo(ChronoUnit.MICROS); // what the database can keep
    }
}
