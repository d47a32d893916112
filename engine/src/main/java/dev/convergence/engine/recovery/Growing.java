package dev.convergence.engine.recovery;

import dev.convergence.engine.id.TimeOrderedId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A table that only grows and is cut into a partition for each UTC day.
///
/// Jobs and runs are cut by the time inside their id, so that a look-up by id reads one partition.
enum Growing {
    JOB("job_id"),
    RUN("job_id"),
    ARTIFACT("job_id"),
    AUDIT("audit_id"),
    SLOT("due_at");

    private static final DateTimeFormatter SUFFIX = DateTimeFormatter.BASIC_ISO_DATE;

    private final String column;

    Growing(String column) {
        this.column = column;
    }

    String table() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The partition of all days that have none of their own.
    String rest() {
        return table() + "_default";
    }

    String column() {
        return column;
    }

    String partition(LocalDate day) {
        return table() + "_" + SUFFIX.format(day);
    }

    /// The day of a partition by its name; null for one that has no day.
    static @Nullable LocalDate day(String partition) {
        String suffix = partition.substring(partition.indexOf('_') + 1);
        return suffix.matches("\\d{8}") ? LocalDate.parse(suffix, SUFFIX) : null;
    }

    /// Where a day begins, as SQL: made here from a date, never from input, because DDL takes no
    /// parameters.
    String start(LocalDate day) {
        return this == SLOT
                ? "'" + midnight(day) + "'::timestamptz"
                : "'" + TimeOrderedId.floor(midnight(day)) + "'::uuid";
    }

    static Instant midnight(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
