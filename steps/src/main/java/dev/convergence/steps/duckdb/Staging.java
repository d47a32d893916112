package dev.convergence.steps.duckdb;

import dev.convergence.engine.step.StepContext;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.duckdb.DuckDBConnection;

/// The run's own DuckDB database: steps read, convert and check here before anything reaches the
/// tenant's data set. It lives in memory and is gone when the run ends; what its share of memory
/// does not hold lies in the run's workspace. A long load has a database on disk there, which packs
/// every column: that costs more to write, and much less to read again and again than what did not
/// fit into memory. docs/decisions/0083-staging-lives-in-memory.md, and 0105.
public final class Staging implements AutoCloseable {

    private final DuckDBConnection root;

    /// Shared while rows are staged in the order of their files; whoever does without any order has
    /// it alone, for DuckDB knows one setting for all connections.
    private final ReadWriteLock order = new ReentrantReadWriteLock();

    private Staging(DuckDBConnection root) {
        this.root = root;
    }

    /// The staging database that all steps of a run share.
    public static Staging of(StepContext context) {
        return of(context, 0);
    }

    /// The same for the step that comes first.
    ///
    /// @param bytes about how much is going to be read
    public static Staging of(StepContext context, long bytes) {
        Path place = context.workspace().directory().resolve("staging.duckdb");
        return context.workspace()
                .shared(
                        "staging",
                        Staging.class,
                        () -> bytes > StagingLimits.memoryBytes() ? onDisk(place) : open(place));
    }

    /// @param place beside which it keeps what does not fit into memory
    public static Staging open(Path place) throws SQLException {
        return at("jdbc:duckdb:", place);
    }

    /// @param place its file
    static Staging onDisk(Path place) throws SQLException {
        return at("jdbc:duckdb:" + place, place);
    }

    private static Staging at(String url, Path place) throws SQLException {
        Connection connection = DriverManager.getConnection(url, StagingLimits.of(place));
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
        }
        return new Staging(connection.unwrap(DuckDBConnection.class));
    }

    /// A connection of the caller's own; it closes it, the database stays open.
    public Connection connect() throws SQLException {
        return root.duplicate();
    }

    /// Until it is closed, by the same thread, rows arrive in the order in which they are read.
    public Order inOrder() {
        order.readLock().lock();
        return order.readLock()::unlock;
    }

    /// Until it is closed, by the same thread, rows arrive as it suits DuckDB: in whole row groups,
    /// which are written once. In order they would come in parts, which are joined and written
    /// again when the data set is closed: docs/decisions/0095-published-rows-have-no-order.md
    public Order inAnyOrder() throws SQLException {
        order.writeLock().lock();
        try {
            preserveOrder(false);
        } catch (SQLException failure) {
            order.writeLock().unlock();
            throw failure;
        }
        return () -> {
            try {
                preserveOrder(true);
            } finally {
                order.writeLock().unlock();
            }
        };
    }

    private void preserveOrder(boolean preserved) throws SQLException {
        try (Statement statement = root.createStatement()) {
            statement.execute("SET preserve_insertion_order = " + preserved);
        }
    }

    @Override
    public void close() throws SQLException {
        root.close();
    }

    /// How rows arrive for a while.
    public interface Order extends AutoCloseable {
        @Override
        void close() throws SQLException;
    }
}
