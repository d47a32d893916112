package dev.convergence.steps.quality;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What is known of a table before its rows are read: its columns with their types, and what its
/// sources hold.
///
/// @param columns types by name, found in any case
record TableFacts(String table, Map<String, String> columns, Optional<SourceTotals> source) {

    private static final String COLUMNS =
            """
            SELECT column_name, data_type FROM information_schema.columns
            WHERE lower(table_name) = lower(?) AND table_schema = current_schema()
            ORDER BY ordinal_position
            """;

    /// Null when there is no such table.
    static @Nullable TableFacts read(Connection connection, String table) throws SQLException {
        Map<String, String> columns = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, table);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    columns.put(rows.getString(1), rows.getString(2));
                }
            }
        }
        return columns.isEmpty()
                ? null
                : new TableFacts(table, columns, SourceTotals.read(connection, table));
    }

    boolean has(String column) {
        return columns.containsKey(column);
    }

    String text(String column) {
        return "CAST(" + Identifier.quoted(column) + " AS VARCHAR)";
    }

    /// The column as JSON; null where its text is none.
    String json(String column) {
        String name = Identifier.quoted(column);
        return String.valueOf(columns.get(column)).equals("JSON")
                ? name
                : "CASE WHEN json_valid(%1$s) THEN %1$s END".formatted(text(column));
    }

    /// The column as an exact number; null where its text is none.
    String number(String column) {
        String type = String.valueOf(columns.get(column));
        boolean exact =
                type.startsWith("DECIMAL") || type.endsWith("INT") || type.equals("INTEGER");
        String name = Identifier.quoted(column);
        return exact ? name : "TRY_CAST(" + name + " AS DECIMAL(38,18))";
    }
}
