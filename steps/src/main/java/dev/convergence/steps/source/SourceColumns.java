package dev.convergence.steps.source;

import dev.convergence.steps.duckdb.Session;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/// Which columns the files of a load have, as they are written there: publishing compares them with
/// those of the load before. Parquet has types; of CSV every column is text.
public final class SourceColumns {

    /// Where a run leaves them for publishing.
    public static final String TABLE = "load_source_columns";

    /// The type of columns of JSON, which nobody knows all of: a line names only what it has.
    public static final String JSON = "json";

    static final String TEXT = "text";

    /// Names that a load remembers; JSON can have as many as it likes.
    private static final int COLUMNS_MAX = 5_000;

    private SourceColumns() {}

    static Map<String, String> untyped(Collection<String> names, String type) {
        Map<String, String> columns = new LinkedHashMap<>();
        names.stream().limit(COLUMNS_MAX).forEach(name -> columns.put(name.strip(), type));
        return columns;
    }

    private static final String CREATE =
            """
            CREATE OR REPLACE TABLE load_source_columns (
              table_name VARCHAR, layout VARCHAR, column_name VARCHAR, column_type VARCHAR)
            """;

    private static final String INSERT =
            """
            INSERT INTO load_source_columns
            SELECT ?, ?, unnest(map_keys(columns)), unnest(map_values(columns))
            FROM (SELECT from_json(?, '"MAP(VARCHAR, VARCHAR)"') AS columns)
            """;

    static void remember(Session staging, String table, String layout, Map<String, String> columns)
            throws SQLException {
        staging.execute(CREATE);
        if (!columns.isEmpty()) {
            staging.execute(INSERT, table, layout, JsonText.MAPPER.writeValueAsString(columns));
        }
    }
}
