package dev.convergence.steps.quality;

import dev.convergence.engine.step.Cancellation;
import dev.convergence.engine.step.DateWindow;
import dev.convergence.engine.step.QualityCheck;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;

/// A staging database in memory, and rules tried on its tables.
final class Lab implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    static final DateWindow YESTERDAY =
            new DateWindow(LocalDate.of(2026, 11, 21), LocalDate.of(2026, 11, 21), false);

    private final Connection connection;

    Lab() {
        try {
            connection = DriverManager.getConnection("jdbc:duckdb:");
            sql("SET TimeZone = 'UTC'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A table `t` of one column `id` of whole numbers and one more.
    void table(String type, String... values) throws SQLException {
        sql("CREATE OR REPLACE TABLE t (id INTEGER, v " + type + ")");
        for (int i = 0; i < values.length; i++) {
            sql("INSERT INTO t VALUES (" + i + ", " + values[i] + ")");
        }
    }

    void sql(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// The result of one rule, given as the inside of its JSON object without its name.
    QualityCheck check(String rule) throws SQLException {
        return check(rule, YESTERDAY);
    }

    QualityCheck check(String rule, DateWindow window) throws SQLException {
        Suite suite = suite("{\"rule\": \"it\", " + rule + "}");
        TableFacts table = Objects.requireNonNull(TableFacts.read(connection, "t"));
        TableQueries queries = new TableQueries(connection, NEVER);
        return new SuiteCheck(queries, suite, table, new LoadTime(NOW, window)).run().getFirst();
    }

    /// The result of one rule of a pipeline with such settings.
    QualityCheck check(String rule, Map<String, Object> settings) throws SQLException {
        Suite suite = SuiteSettings.of(settings).applyTo(suite("{\"rule\": \"it\", " + rule + "}"));
        TableFacts table = Objects.requireNonNull(TableFacts.read(connection, "t"));
        TableQueries queries = new TableQueries(connection, NEVER);
        return new SuiteCheck(queries, suite, table, new LoadTime(NOW, YESTERDAY)).run().getFirst();
    }

    static Suite suite(String... rules) {
        String text =
                """
                {"suite": "lab", "description": "Tried in a test", "table": "t", "key": ["id"],
                 "rules": [%s]}
                """
                        .formatted(String.join(", ", rules));
        return read(text);
    }

    static Suite read(String text) {
        return SuiteReader.read(
                "lab", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    static final Cancellation NEVER =
            new Cancellation() {
                @Override
                public boolean isRequested() {
                    return false;
                }

                @Override
                public Registration onRequest(Runnable interrupt) {
                    return () -> {};
                }
            };
}
