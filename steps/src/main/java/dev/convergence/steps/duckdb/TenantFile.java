package dev.convergence.steps.duckdb;

import dev.convergence.engine.step.Cancellation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/// A tenant's file, attached to a connection under the name `tenant`.
///
/// It is attached rather than opened because DuckDB can then copy from the run's staging database
/// in the same transaction.
final class TenantFile {

    private final Connection connection;

    private TenantFile(Connection connection) {
        this.connection = connection;
    }

    static Connection inMemory() throws SQLException {
        return DriverManager.getConnection("jdbc:duckdb:");
    }

    static TenantFile attach(Connection connection, Path file) throws SQLException {
        execute(connection, "ATTACH '%s' AS tenant".formatted(literal(file)));
        return new TenantFile(connection);
    }

    static TenantFile attachReadOnly(Connection connection, Path file) throws SQLException {
        execute(connection, "ATTACH '%s' AS tenant (READ_ONLY)".formatted(literal(file)));
        return new TenantFile(connection);
    }

    /// One transaction; the file is detached afterwards, however it ends.
    ///
    /// The last look at the cancellation is right before the commit: a run that lost its lease must
    /// not publish.
    void change(Cancellation cancellation, DuckDbWarehouse.Change change) throws SQLException {
        try {
            execute(connection, "BEGIN TRANSACTION");
            change.on(new Session(connection, cancellation));
            cancellation.check();
            execute(connection, "COMMIT");
        } catch (SQLException | RuntimeException | Error failure) {
            undo("ROLLBACK", failure);
            undo("DETACH tenant", failure);
            throw failure;
        }
        execute(connection, "DETACH tenant");
    }

    /// A commit that fails has rolled back already; the complaint about that must not hide why.
    private void undo(String sql, Throwable failure) {
        try {
            execute(connection, sql);
        } catch (SQLException nothingToUndo) {
            failure.addSuppressed(nothingToUndo);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String literal(Path file) {
        return file.toString().replace("'", "''");
    }
}
