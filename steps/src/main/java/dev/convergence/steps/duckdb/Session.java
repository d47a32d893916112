package dev.convergence.steps.duckdb;

import dev.convergence.engine.step.Cancellation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// A DuckDB connection whose statements stop when the run is cancelled.
public final class Session implements AutoCloseable {

    private final Connection connection;
    private final Cancellation cancellation;

    public Session(Connection connection, Cancellation cancellation) {
        this.connection = connection;
        this.cancellation = cancellation;
    }

    public DuckDBConnection connection() throws SQLException {
        return connection.unwrap(DuckDBConnection.class);
    }

    /// Runs one statement with bound values; returns how many rows it changed.
    public long execute(String sql, @Nullable Object... values) throws SQLException {
        return run(sql, values, Execution::update);
    }

    /// The rows of a query, each converted at once.
    public <T> List<T> list(String sql, Row<T> row, @Nullable Object... values)
            throws SQLException {
        return run(
                sql,
                values,
                execution -> {
                    List<T> answer = new ArrayList<>();
                    try (ResultSet rows = execution.query()) {
                        while (rows.next()) {
                            answer.add(row.of(rows));
                        }
                    }
                    return answer;
                });
    }

    /// Shows the rows of a query to somebody, one after the other.
    public void each(String sql, Look look, @Nullable Object... values) throws SQLException {
        boolean _ =
                run(
                        sql,
                        values,
                        execution -> {
                            try (ResultSet rows = execution.query()) {
                                while (rows.next()) {
                                    look.at(rows);
                                }
                            }
                            return true;
                        });
    }

    /// The only row of a query.
    public <T> T one(String sql, Row<T> row, @Nullable Object... values) throws SQLException {
        return list(sql, row, values).getFirst();
    }

    private <T> T run(String sql, @Nullable Object[] values, Action<T> action) throws SQLException {
        cancellation.check();
        try (Execution execution = Execution.of(connection, sql, values);
                var _ = cancellation.onRequest(execution::cancel)) {
            return action.on(execution);
        } catch (SQLException interrupted) {
            cancellation.check();
            throw interrupted;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /// Turns a row into a value.
    public interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    /// Looks at a row.
    public interface Look {
        void at(ResultSet row) throws SQLException;
    }

    private interface Action<T> {
        T on(Execution execution) throws SQLException;
    }
}
