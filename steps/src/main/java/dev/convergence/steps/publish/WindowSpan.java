package dev.convergence.steps.publish;

import dev.convergence.steps.duckdb.Session;
import dev.convergence.steps.focus.FocusTable;
import dev.convergence.steps.source.LoadKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// From when to when the windows of a load reach, so that the rest of a large table is not read.
///
/// @param firstPeriod `YYYYMM`; null when no window is a period
/// @param firstDay null when no window is of days
record WindowSpan(
        @Nullable String firstPeriod,
        @Nullable String lastPeriod,
        @Nullable String firstDay,
        @Nullable String lastDay) {

    private static final Pattern PERIOD = Pattern.compile("[0-9]{6}");

    private static final String SPAN =
            """
            SELECT min(period), max(period),
              min(first_day) FILTER (period IS NULL)::VARCHAR,
              max(last_day) FILTER (period IS NULL)::VARCHAR
            FROM load_windows WHERE table_name = ?
            """;

    static WindowSpan of(Session session, String table) throws SQLException {
        return session.one(SPAN, WindowSpan::read, table);
    }

    private static WindowSpan read(ResultSet row) throws SQLException {
        return new WindowSpan(
                row.getString(1), row.getString(2), row.getString(3), row.getString(4));
    }

    /// A condition that holds for all rows `t` of a table in windows of the load and for few
    /// others. It compares columns with constants, where the key is a column: DuckDB knows of whole
    /// parts of a table that nothing in them can be meant.
    String near(String table, LoadKey key) {
        if (firstPeriod != null && lastPeriod != null) {
            return firstDay == null ? nearPeriods(table, key, firstPeriod, lastPeriod) : "true";
        }
        return firstDay == null ? "false" : nearDays(table, key);
    }

    private static String nearPeriods(String table, LoadKey key, String first, String last) {
        if (table.equals(FocusTable.NAME)) {
            return FocusTable.near(first, last);
        }
        return PERIOD.matcher(first).matches() && PERIOD.matcher(last).matches()
                ? "(%s) BETWEEN '%s' AND '%s'".formatted(key.period(), first, last)
                : "true";
    }

    private String nearDays(String table, LoadKey key) {
        return table.equals(FocusTable.NAME)
                ? "t.ChargePeriodStart >= DATE '%s' AND t.ChargePeriodStart < DATE '%s' + INTERVAL 1 DAY"
                        .formatted(firstDay, lastDay)
                : "(%s) BETWEEN DATE '%s' AND DATE '%s'".formatted(key.day(), firstDay, lastDay);
    }
}
