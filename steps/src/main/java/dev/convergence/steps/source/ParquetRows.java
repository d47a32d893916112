package dev.convergence.steps.source;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBConnection;

/// Reads Parquet through DuckDB, every value as text: decimals keep their digits, nested values
/// become JSON.
final class ParquetRows {

    private final DuckDBConnection staging;

    ParquetRows(DuckDBConnection staging) {
        this.staging = staging;
    }

    void read(Path file, RowSink sink) {
        String table = "read_parquet('" + file.toString().replace("'", "''") + "')";
        try (Statement statement = staging.createStatement()) {
            List<String> names = new ArrayList<>();
            String select = select(statement, table, names);
            try (ResultSet rows = statement.executeQuery(select)) {
                for (long line = 1; rows.next(); line++) {
                    sink.row(row(line, names, rows));
                }
            }
        } catch (SQLException broken) {
            throw new BadValue("is not a readable Parquet file");
        }
    }

    private static String select(Statement statement, String table, List<String> names)
            throws SQLException {
        List<String> columns = new ArrayList<>();
        try (ResultSet described = statement.executeQuery("DESCRIBE SELECT * FROM " + table)) {
            while (described.next()) {
                String name = described.getString("column_name");
                names.add(SourceRow.plain(name));
                columns.add(asText(name, described.getString("column_type")));
            }
        }
        return "SELECT " + String.join(", ", columns) + " FROM " + table;
    }

    private static String asText(String name, String type) {
        String column = '"' + name.replace("\"", "\"\"") + '"';
        boolean nested = type.startsWith("STRUCT") || type.startsWith("MAP") || type.endsWith("]");
        return nested ? "to_json(" + column + ")::VARCHAR" : column + "::VARCHAR";
    }

    private static SourceRow row(long line, List<String> names, ResultSet rows)
            throws SQLException {
        SourceRow row = new SourceRow(line);
        for (int i = 0; i < names.size(); i++) {
            row.put(names.get(i), rows.getString(i + 1));
        }
        return row;
    }
}
