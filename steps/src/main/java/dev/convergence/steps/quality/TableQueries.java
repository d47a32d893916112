package dev.convergence.steps.quality;

import dev.convergence.engine.step.Cancellation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs queries that a cancelled run interrupts.
final class TableQueries {

    private final Connection connection;
    private final Cancellation cancellation;

    TableQueries(Connection connection, Cancellation cancellation) {
        this.connection = connection;
        this.cancellation = cancellation;
    }

    /// The values of the one row that a query of aggregates has.
    List<@Nullable Object> row(Sql sql) throws SQLException {
        return run(
                sql,
                rows -> {
                    List<@Nullable Object> values = new ArrayList<>();
                    rows.next();
                    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                        values.add(rows.getObject(i));
                    }
                    return values;
                });
    }

    /// The first column of all rows, as text.
    List<String> texts(Sql sql) throws SQLException {
        return run(
                sql,
                rows -> {
                    List<String> texts = new ArrayList<>();
                    while (rows.next()) {
                        texts.add(rows.getString(1));
                    }
                    return texts;
                });
    }

    private <T> T run(Sql sql, Reader<T> reader) throws SQLException {
        cancellation.check();
        try (PreparedStatement statement = connection.prepareStatement(sql.text());
                Cancellation.Registration _ = cancellation.onRequest(() -> cancel(statement))) {
            sql.bind(statement);
            try (ResultSet rows = statement.executeQuery()) {
                return reader.read(rows);
            }
        }
    }

    private static void cancel(PreparedStatement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            throw new IllegalStateException("The query could not be interrupted", e);
        }
    }

    private interface Reader<T> {
        T read(ResultSet rows) throws SQLException;
    }
}
