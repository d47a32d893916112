package dev.convergence.steps.source;

import dev.convergence.steps.intake.Intake;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

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
            Map<String, Boolean> columns = columns(statement, table);
            ParquetFile whole = new ParquetFile(file, columns);
            if (!hasStructs(statement, table)) {
                intake.take(cells(statement, file));
                sink.header(whole.header());
                sink.columns(types(statement, table));
                if (sink.whole(whole)) {
                    return;
                }
            }
            Map<String, String> types = types(statement, table);
            String select = select(columns, table);
            try (ResultSet rows = statement.executeQuery(select)) {
                Header header = Header.of(List.copyOf(columns.keySet()));
                for (long line = 1; rows.next(); line++) {
                    SourceRow row = row(line, columns, rows);
                    if (line == 1) {
                        header = header.and(row.names());
                        sink.header(header);
                        sink.columns(types);
                    }
                    sink.row(row.under(header));
                }
            }
        } catch (SQLException broken) {
            throw new BadValue("is not a readable Parquet file");
        }
    }

    private static final String COLUMNS =
            """
            SELECT column_name,
              column_type LIKE 'STRUCT%%' OR column_type LIKE 'MAP%%' OR column_type LIKE '%%]'
            FROM (DESCRIBE SELECT * FROM %s)
            """;

    /// Whether a column holds nested values, by its name.
    private static Map<String, Boolean> columns(Statement statement, String table)
            throws SQLException {
        Map<String, Boolean> columns = new LinkedHashMap<>();
        try (ResultSet described = statement.executeQuery(COLUMNS.formatted(table))) {
            while (described.next()) {
                columns.put(described.getString(1), described.getBoolean(2));
            }
        }
        return columns;
    }

    /// The types that the file gives its columns.
    private static Map<String, String> types(Statement statement, String table)
            throws SQLException {
        Map<String, String> types = new LinkedHashMap<>();
        try (ResultSet described =
                statement.executeQuery(
                        "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM %s)"
                                .formatted(table))) {
            while (described.next()) {
                types.put(described.getString(1), described.getString(2));
            }
        }
        return types;
    }

    private static String select(Map<String, Boolean> columns, String table) {
        return columns.entrySet().stream()
                .map(column -> ParquetFile.asText(column.getKey(), column.getValue()))
                .collect(Collectors.joining(", ", "SELECT ", " FROM " + table));
    }

    /// The fields of a struct are names of their own: Java looks into it.
    private static boolean hasStructs(Statement statement, String table) throws SQLException {
        try (ResultSet found =
                statement.executeQuery(
                        "SELECT count(*) FROM (DESCRIBE SELECT * FROM %s) WHERE column_type LIKE 'STRUCT%%'"
                                .formatted(table))) {
            found.next();
            return found.getLong(1) > 0;
        }
    }

    private static final String CELLS =
            """
            SELECT sum(total_uncompressed_size + num_values)::BIGINT FROM parquet_metadata('%s')
            """;

    /// Every value counts against the run, were it packed to nothing.
    private static long cells(Statement statement, Path file) throws SQLException {
        try (ResultSet sum =
                statement.executeQuery(CELLS.formatted(file.toString().replace("'", "''")))) {
            sum.next();
            return sum.getLong(1);
        }
    }

    /// Every row counts against the run: repeated values pack to nothing.
    private SourceRow row(long line, Map<String, Boolean> columns, ResultSet rows)
            throws SQLException {
        SourceRow row = new SourceRow(line);
        long length = columns.size();
        int index = 1;
        for (Map.Entry<String, Boolean> column : columns.entrySet()) {
            String value = rows.getString(index++);
            length += value == null ? 0 : value.length();
            put(row, SourceRow.plain(column.getKey()), value, column.getValue());
        }
        intake.take(length);
        return row;
    }

    /// The fields of a struct are found under names with dots, as in JSON.
    private static void put(SourceRow row, String name, @Nullable String value, boolean nested) {
        row.put(name, value);
        if (nested && value != null && value.startsWith("{")) {
            JsonRows.flatten(name, JsonText.parse(value), row);
        }
    }
}
