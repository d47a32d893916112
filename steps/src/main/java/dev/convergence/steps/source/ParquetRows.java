package dev.convergence.steps.source;

import dev.convergence.steps.intake.Intake;
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
    private final Intake intake;

    ParquetRows(DuckDBConnection staging, Intake intake) {
        this.staging = staging;
        this.intake = intake;
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

    /// Every row counts against the run: repeated values pack to nothing.
    private SourceRow row(long line, List<String> names, ResultSet rows) throws SQLException {
        SourceRow row = new SourceRow(line);
        long length = names.size();
        for (int i = 0; i < names.size(); i++) {
            String value = rows.getString(i + 1);
            row.put(names.get(i), value);
            length += value == null ? 0 : value.length();
        }
        intake.take(length);
        return row;
    }
}
