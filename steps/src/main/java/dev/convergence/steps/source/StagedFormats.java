package dev.convergence.steps.source;

import dev.convergence.steps.duckdb.Session;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/// Which tables a run has staged, and in which format each is: how publishing knows what to
/// replace.
public final class StagedFormats {

    private StagedFormats() {}

    private static final String CREATE =
            """
            CREATE TABLE IF NOT EXISTS load_formats (table_name VARCHAR PRIMARY KEY, format VARCHAR)
            """;

    private static final String REMEMBER = "INSERT OR REPLACE INTO load_formats VALUES (?, ?)";

    public static void remember(Session staging, String table, String format) throws SQLException {
        staging.execute(CREATE);
        staging.execute(REMEMBER, table, format);
    }

    /// Format names by table.
    public static Map<String, String> all(Session staging) throws SQLException {
        staging.execute(CREATE);
        Map<String, String> formats = new TreeMap<>();
        staging.list(
                "SELECT table_name, format FROM load_formats",
                row -> formats.put(row.getString(1), row.getString(2)));
        return formats;
    }
}
