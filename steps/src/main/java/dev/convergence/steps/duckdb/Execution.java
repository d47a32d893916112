package dev.convergence.steps.duckdb;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/// A statement that is executed once.
///
/// It is prepared only where there are values to bind: DuckDB plans what is prepared when that is
/// done, and again when it is executed, and to plan a long statement takes longer than to execute
/// it on a small bill.
final class Execution implements AutoCloseable {

    private final String sql;
    private final Statement statement;
    private final @Nullable PreparedStatement prepared;

    private Execution(String sql, Statement statement, @Nullable PreparedStatement prepared) {
        this.sql = sql;
        this.statement = statement;
        this.prepared = prepared;
    }

    static Execution of(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        if (values.length == 0) {
            return new Execution(sql, connection.createStatement(), null);
        }
        PreparedStatement prepared = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            prepared.setObject(i + 1, values[i]);
        }
        return new Execution(sql, prepared, prepared);
    }

    /// How many rows it changed.
    long update() throws SQLException {
        return prepared == null ? statement.executeLargeUpdate(sql) : prepared.executeLargeUpdate();
    }

    ResultSet query() throws SQLException {
        return prepared == null ? statement.executeQuery(sql) : prepared.executeQuery();
    }

    void cancel() {
        try {
            statement.cancel();
        } catch (SQLException ended) {
            // The statement ended first; the next check sees the cancellation.
        }
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
