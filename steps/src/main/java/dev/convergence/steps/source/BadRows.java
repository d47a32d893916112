package dev.convergence.steps.source;

import dev.convergence.steps.duckdb.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The lines of a load that cannot be loaded: all are counted, by their reasons too, the first ones
/// kept.
public final class BadRows {

    /// Where a run leaves them for publishing.
    public static final String TABLE = "load_bad_rows";

    static final int KEPT_MAX = 1_000;
    private static final int REASONS_MAX = 50;

    private final List<BadRow> kept = new ArrayList<>();
    private final Map<String, Long> reasons = new TreeMap<>();
    private long count;

    void add(BadRow row) {
        if (kept.size() < KEPT_MAX) {
            kept.add(row);
        }
        count(row);
    }

    /// One that is not kept.
    void count(BadRow row) {
        count++;
        String reason = row.reason();
        if (reasons.size() < REASONS_MAX || reasons.containsKey(reason)) {
            reasons.merge(reason, 1L, Long::sum);
        }
    }

    long count() {
        return count;
    }

    /// How many there are of each reason.
    Map<String, Long> reasons() {
        return Map.copyOf(reasons);
    }

    /// What is wrong, with the first bad line named.
    String sentence(long goodRows) {
        return "%d of %d lines cannot be read; the first is %s."
                .formatted(count, goodRows + count, kept.getFirst().sentence());
    }

    private static final String CREATE =
            """
            CREATE TABLE IF NOT EXISTS load_bad_rows (
              table_name VARCHAR, x_source_file VARCHAR, line BIGINT, column_name VARCHAR,
              reason VARCHAR)
            """;

    private static final String INSERT = "INSERT INTO load_bad_rows VALUES (?, ?, ?, ?, ?)";

    /// Sets the kept ones aside, for the data set to tell of them.
    void quarantine(Session staging, String table) throws SQLException {
        staging.execute(CREATE);
        for (BadRow row : kept) {
            staging.execute(INSERT, table, row.file(), row.line(), row.column(), row.why());
        }
    }
}
