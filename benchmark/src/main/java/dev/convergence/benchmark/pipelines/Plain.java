package dev.convergence.benchmark.pipelines;

import dev.convergence.steps.focus.FocusTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/// The same file through DuckDB alone, as one would write it by hand: the file into a table as it
/// is, and from there into a FOCUS table. No check, no quarantine, no transaction over both, no
/// window that is replaced.
final class Plain {

    private Plain() {}

    /// A statement in a database of its own.
    static void run(String sql) throws SQLException {
        try (Connection memory = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = memory.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            statement.execute(sql);
        }
    }

    /// @return the rows of the FOCUS table
    static long load(Bill bill, Path file, Path database) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute("SET threads = 2");
            statement.execute("SET TimeZone = 'UTC'");
            statement.execute("CREATE TABLE raw AS SELECT * FROM " + reading(bill, file));
            statement.execute("CREATE TABLE focus_cost_usage (" + FocusTable.definition() + ")");
            statement.execute("INSERT INTO focus_cost_usage BY NAME " + mapping(bill));
            try (var rows = statement.executeQuery("SELECT count(*) FROM focus_cost_usage")) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private static String reading(Bill bill, Path file) {
        return switch (bill.shape) {
            case PARQUET -> "read_parquet('" + file + "')";
            case JSON_LINES -> "read_json('" + file + "', format = 'newline_delimited')";
            default -> "read_csv('" + file + "', all_varchar = true)";
        };
    }

    private static String mapping(Bill bill) {
        String name = "/pipelines/" + bill.name().toLowerCase(java.util.Locale.ROOT) + ".sql";
        try (InputStream sql = Plain.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(sql, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
