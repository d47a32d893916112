package dev.convergence.engine.sql;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/// The database's time, told without asking it each time.
///
/// What is due and whose lease has ended must not depend on a node's own clock, which may be
/// minutes off. Between two readings the monotonic clock goes on, which nobody can set.
///
/// The database told its time at some instant between the question and the answer. How long the two
/// are apart says how far a reading may be off: in a node that was frozen meanwhile, or whose
/// classes were being loaded, by all of that. So the surer reading counts, not the later one.
public final class DatabaseClock implements InstantSource {

    /// A reading that is good enough needs no second one, and none as long as it stays so.
    private static final Duration SURE = Duration.ofMillis(5);

    private static final int READINGS_MAX = 5;

    /// By less a better reading never sets the time back: what follows is not dated before what it
    /// follows.
    private static final Duration BACK_MIN = Duration.ofSeconds(1);

    /// What an old reading may have gone wrong by: far more than a quartz does, so that a database
    /// whose own time was set is followed before long.
    private static final int DRIFT_SHARE = 1_000;

    /// @param nanoTime in the middle between question and answer
    /// @param slack how far the time may have been off then, in nanoseconds
    private record Reading(Instant databaseTime, long nanoTime, long slack) {

        long slackAt(long now) {
            return slack + (now - nanoTime) / DRIFT_SHARE;
        }
    }

    private final LongSupplier nanoTime;
    private final AtomicReference<Reading> reading;
    private final AtomicReference<Instant> told = new AtomicReference<>(Instant.EPOCH);

    public DatabaseClock(Database database) {
        nanoTime = System::nanoTime;
        reading = new AtomicReference<>(database.read(handle -> surest(() -> time(handle))));
    }

    DatabaseClock(LongSupplier nanoTime, Supplier<Instant> database) {
        this.nanoTime = nanoTime;
        reading = new AtomicReference<>(surest(database));
    }

    private static final String NOW = "SELECT clock_timestamp()";

    private static Instant time(Handle handle) {
        return handle.createQuery(NOW).mapTo(Instant.class).one();
    }

    /// Reads the database's time again once the last reading has become doubtful; called with each
    /// heartbeat.
    public Instant refresh(Handle handle) {
        refresh(() -> time(handle));
        return instant();
    }

    void refresh(Supplier<Instant> database) {
        if (reading.get().slackAt(nanoTime.getAsLong()) < SURE.toNanos()) {
            return;
        }
        Reading fresh = surest(database);
        if (fresh.slack() <= reading.get().slackAt(nanoTime.getAsLong())) {
            reading.set(fresh);
        }
    }

    private Reading surest(Supplier<Instant> database) {
        Reading surest = read(database);
        for (int i = 1; i < READINGS_MAX && surest.slack() > SURE.toNanos(); i++) {
            Reading next = read(database);
            surest = next.slack() < surest.slack() ? next : surest;
        }
        return surest;
    }

    private Reading read(Supplier<Instant> database) {
        long asked = nanoTime.getAsLong();
        Instant time = database.get();
        long slack = (nanoTime.getAsLong() - asked) / 2;
        return new Reading(time, asked + slack, slack);
    }

    @Override
    public Instant instant() {
        Reading last = reading.get();
        Instant now =
                last.databaseTime()
                        .plusNanos(nanoTime.getAsLong() - last.nanoTime())
                        .truncatedTo(ChronoUnit.MICROS); // what the database can keep
        return told.accumulateAndGet(now, DatabaseClock::later);
    }

    private static Instant later(Instant told, Instant now) {
        boolean isSlightlyBack = now.isBefore(told) && told.minus(BACK_MIN).isBefore(now);
        return isSlightlyBack ? told : now;
    }
}
