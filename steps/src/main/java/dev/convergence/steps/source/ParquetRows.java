package dev.convergence.steps.source;

import dev.convergence.steps.duckdb.Identifier;
import dev.convergence.steps.intake.Intake;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
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
            Map<String, String> types = types(statement, table, "*");
            Map<String, String> texts = new LinkedHashMap<>();
            addTexts(statement, table, "*", "", "", texts);
            ParquetFile whole = new ParquetFile(file, texts);
            intake.take(cells(statement, file));
            sink.header(whole.header());
            sink.columns(types);
            if (!sink.whole(whole)) {
                readRows(statement, table, types, whole.header(), sink);
            }
        } catch (SQLException broken) {
            throw new BadValue("is not a readable Parquet file");
        }
    }

    private void readRows(
            Statement statement,
            String table,
            Map<String, String> types,
            Header header,
            RowSink sink)
            throws SQLException {
        try (ResultSet rows = statement.executeQuery(select(types, table))) {
            for (long line = 1; rows.next(); line++) {
                sink.row(row(line, types, rows).under(header));
            }
        }
    }

    /// Each column as text by its name, and each field of a struct by the plain one that it has in
    /// JSON, too.
    ///
    /// @param of whose columns or fields
    private static void addTexts(
            Statement statement,
            String table,
            String of,
            String names,
            String path,
            Map<String, String> texts)
            throws SQLException {
        for (Map.Entry<String, String> column : types(statement, table, of).entrySet()) {
            String name =
                    path.isEmpty() ? column.getKey() : names + SourceRow.plain(column.getKey());
            String value = path + Identifier.quoted(column.getKey());
            texts.putIfAbsent(name, asText(value, column.getValue()));
            if (isStruct(column.getValue())) {
                String fields = "unnest(" + value + ")";
                addTexts(statement, table, fields, SourceRow.plain(name), value + ".", texts);
            }
        }
    }

    private static boolean isStruct(String type) {
        return type.startsWith("STRUCT") && !type.endsWith("]");
    }

    private static boolean isNested(String type) {
        return type.startsWith("STRUCT") || type.startsWith("MAP") || type.endsWith("]");
    }

    private static String asText(String value, String type) {
        return isNested(type) ? "to_json(" + value + ")::VARCHAR" : value + "::VARCHAR";
    }

    private static final String TYPES =
            """
            SELECT column_name, column_type FROM (DESCRIBE SELECT %s FROM %s)
            """;

    /// The types that the file gives its columns.
    private static Map<String, String> types(Statement statement, String table, String of)
            throws SQLException {
        Map<String, String> types = new LinkedHashMap<>();
        try (ResultSet described = statement.executeQuery(TYPES.formatted(of, table))) {
            while (described.next()) {
                types.put(described.getString(1), described.getString(2));
            }
        }
        return types;
    }

    private static String select(Map<String, String> types, String table) {
        return types.entrySet().stream()
                .map(column -> asText(Identifier.quoted(column.getKey()), column.getValue()))
                .collect(Collectors.joining(", ", "SELECT ", " FROM " + table));
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
    private SourceRow row(long line, Map<String, String> types, ResultSet rows)
            throws SQLException {
        SourceRow row = new SourceRow(line);
        long length = types.size();
        int index = 1;
        for (Map.Entry<String, String> column : types.entrySet()) {
            String value = rows.getString(index++);
            length += value == null ? 0 : value.length();
            put(row, SourceRow.plain(column.getKey()), value, isNested(column.getValue()));
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
