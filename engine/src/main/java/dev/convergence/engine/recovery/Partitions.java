package dev.convergence.engine.recovery;

import dev.convergence.engine.sql.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the day partitions of the growing tables ahead of their day.
///
/// Each in a short transaction of its own. What cannot be made now is made in a later round; a day
/// that is never made lives in the default partition, which is slower but loses nothing.
public final class Partitions {

    private static final Logger LOG = LoggerFactory.getLogger(Partitions.class);

    private static final int DAYS_AHEAD = 7;
    private static final Duration PATIENCE = Duration.ofMillis(250);

    private final Database database;
    private final Duration patience;

    public Partitions(Database database) {
        this(database, PATIENCE);
    }

    /// @param patience how long to wait for a lock that others hold
    public Partitions(Database database, Duration patience) {
        this.database = database;
        this.patience = patience;
    }

    /// @return whether every partition is there that can be
    public boolean make(Instant now) {
        boolean whole = true;
        for (Growing growing : Growing.values()) {
            whole &= make(growing, now);
        }
        return whole;
    }

    /// For how many days from today on every growing table has a partition.
    public int daysAhead(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        int least = DAYS_AHEAD;
        for (Growing growing : Growing.values()) {
            Set<LocalDate> made = database.read(handle -> PartitionStore.days(handle, growing));
            int days = 0;
            while (days < least && made.contains(today.plusDays(days))) {
                days++;
            }
            least = days;
        }
        return least;
    }

    /// One table that is busy delays its own days only, and those who wait behind it only once.
    private boolean make(Growing growing, Instant now) {
        Set<LocalDate> made = database.read(handle -> PartitionStore.days(handle, growing));
        List<LocalDate> missing = wanted(now).filter(day -> !made.contains(day)).toList();
        List<LocalDate> left =
                missing.stream()
                        .filter(day ->
                                database.read(
                                        h -> PartitionStore.hasRowsElsewhere(h, growing, day)))
                        .toList();
        if (!left.isEmpty()) {
            LOG.warn(
                    "Left in {}, because it has rows of these days already: {}",
                    growing.rest(),
                    left);
        }
        return missing.stream()
                .filter(day -> !left.contains(day))
                .allMatch(day -> tryMake(growing, day));
    }

    /// Today first: it is the only one that somebody may be waiting for.
    private static Stream<LocalDate> wanted(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return Stream.concat(
                today.datesUntil(today.plusDays(DAYS_AHEAD)), Stream.of(today.minusDays(1)));
    }

    private boolean tryMake(Growing growing, LocalDate day) {
        try {
            database.transact(handle -> makeUnlessMade(handle, growing, day));
            return true;
        } catch (JdbiException busy) {
            LOG.warn(
                    "The partition {} could not be made now and will be tried again: {}",
                    growing.partition(day),
                    busy.getMessage());
            return false;
        }
    }

    private void makeUnlessMade(Handle handle, Growing growing, LocalDate day) {
        PartitionStore.waitAtMost(handle, patience);
        PartitionStore.lock(handle);
        if (!PartitionStore.days(handle, growing).contains(day)) {
            PartitionStore.make(handle, growing, day);
        }
    }
}
