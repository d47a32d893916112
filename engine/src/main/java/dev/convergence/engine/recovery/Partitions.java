package dev.convergence.engine.recovery;

import dev.convergence.engine.id.TimeOrderedId;
import dev.convergence.engine.loop.Duty;
import dev.convergence.engine.sql.Database;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Makes the day partitions of the growing tables ahead of their day.
///
/// Jobs and runs are cut by the time inside their id, so that a look-up by id reads one partition.
public final class Partitions implements Duty {

    private static final int DAYS_AHEAD = 7;
    private static final DateTimeFormatter SUFFIX = DateTimeFormatter.ofPattern("yyyyMMdd");
    private static final List<String> BY_ID = List.of("job", "run");

    private final Database database;

    public Partitions(Database database) {
        this.database = database;
    }

    @Override
    public boolean runOnce(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        database.transact(handle -> {
            lock(handle);
            today.minusDays(1)
                    .datesUntil(today.plusDays(DAYS_AHEAD))
                    .forEach(day -> make(handle, day));
        });
        return false;
    }

    // Nodes that start together must not make the same partition.
    private static final String LOCK =
            "SELECT pg_advisory_xact_lock(hashtext('convergence.partitions'))";

    private static void lock(Handle handle) {
        handle.createQuery(LOCK).mapTo(String.class).list();
    }

    private static void make(Handle handle, LocalDate day) {
        Instant start = day.atStartOfDay().toInstant(ZoneOffset.UTC);
        Instant end = day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        for (String table : BY_ID) {
            make(
                    handle,
                    table,
                    day,
                    TimeOrderedId.floor(start).toString(),
                    TimeOrderedId.floor(end).toString());
        }
        make(handle, "slot", day, start.toString(), end.toString());
    }

    // Names and bounds are made here from a date, never from input; DDL takes no parameters.
    private static void make(Handle handle, String table, LocalDate day, String from, String to) {
        handle.execute(
                "CREATE TABLE IF NOT EXISTS %1$s_%2$s PARTITION OF %1$s FOR VALUES FROM ('%3$s') TO ('%4$s')"
                        .formatted(table, day.format(SUFFIX), from, to));
    }
}
