package dev.convergence.engine.recovery;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/// Day partitions in the catalog of the database.
final class PartitionStore {

    private PartitionStore() {}

    // Only inserted into, so vacuumed by inserts, and frozen then: see V007__retention.sql.
    private static final String STORAGE =
            "autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 50000,"
                    + " autovacuum_freeze_min_age = 0";

    private static final String DAYS =
            """
            SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
            WHERE inhparent = CAST(:table AS regclass)
            """;

    /// The days that have a partition of their own.
    static Set<LocalDate> days(Handle handle, Growing growing) {
        List<String> names =
                handle.createQuery(DAYS).bind("table", growing.table()).mapTo(String.class).list();
        Set<LocalDate> days = new TreeSet<>();
        for (String name : names) {
            LocalDate day = Growing.day(name);
            if (day != null) {
                days.add(day);
            }
        }
        return days;
    }

    private static final Duration WORK_MAX = Duration.ofSeconds(2);

    private static final String PATIENCE =
            """
            SELECT set_config('lock_timeout', :wait, true), set_config('statement_timeout', :whole, true)
            """;

    /// Whoever waits for a table's lock makes everybody wait who comes after, so not for long; nor
    /// is the lock kept for long, even when a default partition that has grown is to be read.
    static void waitAtMost(Handle handle, Duration patience) {
        handle.createQuery(PATIENCE)
                .bind("wait", Long.toString(patience.toMillis()))
                .bind("whole", Long.toString(patience.plus(WORK_MAX).toMillis()))
                .mapTo(String.class)
                .list();
    }

    // Nodes that come together must not make, or drop, the same partition.
    private static final String ALONE =
            "SELECT pg_advisory_xact_lock(hashtext('convergence.partitions'))";

    static void lock(Handle handle) {
        handle.createQuery(ALONE).mapTo(String.class).list();
    }

    private static final String LEFT =
            "SELECT EXISTS (SELECT 1 FROM %s WHERE %s >= %s AND %2$s < %s)";

    /// Whether rows of the day are in the default partition already.
    static boolean hasRowsElsewhere(Handle handle, Growing growing, LocalDate day) {
        String sql =
                LEFT.formatted(
                        growing.rest(),
                        growing.column(),
                        growing.start(day),
                        growing.start(day.plusDays(1)));
        return handle.createQuery(sql).mapTo(boolean.class).one();
    }

    private static final String CREATE = "CREATE TABLE %s (LIKE %s INCLUDING ALL) WITH (%s)";
    private static final String ATTACH =
            "ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM (%s) TO (%s)";

    /// Makes a table of its own and attaches it.
    ///
    /// CREATE TABLE … PARTITION OF would lock the parent against its readers too. This locks out
    /// only those who read the default partition, for as long as it takes to read what is there.
    static void make(Handle handle, Growing growing, LocalDate day) {
        String partition = growing.partition(day);
        handle.execute(CREATE.formatted(partition, growing.table(), STORAGE));
        handle.execute(
                ATTACH.formatted(
                        growing.table(),
                        partition,
                        growing.start(day),
                        growing.start(day.plusDays(1))));
    }

    private static final String DROP = "DROP TABLE ";

    static void drop(Handle handle, Collection<String> partitions) {
        if (!partitions.isEmpty()) {
            handle.execute(DROP + String.join(", ", partitions));
        }
    }
}
