package dev.convergence.service.database;

import dev.convergence.service.config.DatabaseAddress;
import dev.convergence.service.config.PrivateFile;
import dev.convergence.service.config.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;

/// The installation's own PostgreSQL, below the data directory.
///
/// It is a process of its own and outlives a server that is killed; the next server finds it by its
/// `postmaster.pid` and goes on with it. Nothing is ever repaired by starting twice: the caller
/// holds the [DataDirectory].
public final class LocalPostgres implements AutoCloseable {

    private static final String DATABASE = "convergence";
    private static final Duration STOP = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int PORTS_TRIED = 3;
    private static final String NO_SUCH_DATABASE = "3D000";

    private final PostgresCluster cluster;
    private final int port;
    private final boolean found;

    private LocalPostgres(PostgresCluster cluster, int port, boolean found) {
        this.cluster = cluster;
        this.port = port;
        this.found = found;
    }

    /// Finds the running server, or starts it; makes everything that is missing.
    public static LocalPostgres start(DataDirectory directory) {
        try {
            return start(PostgresCluster.below(directory.path().resolve("postgres")), directory);
        } catch (IOException e) {
            throw new DatabaseRefused(
                    "The embedded PostgreSQL did not start: " + e.getMessage(), e);
        }
    }

    static LocalPostgres start(PostgresCluster cluster, DataDirectory directory)
            throws IOException {
        LocalPostgres server = foundOrStarted(cluster);
        try {
            server.prepare();
            PrivateFile.write(directory.path().resolve("database.url"), server.url());
            return server;
        } catch (SQLException e) {
            server.close();
            throw new IOException(e.getMessage(), e);
        } catch (DatabaseRefused e) {
            server.close();
            throw e;
        }
    }

    public DatabaseAddress address() {
        return address(DATABASE);
    }

    /// Whether it was running already, left behind by a server that was killed.
    public boolean found() {
        return found;
    }

    @Override
    public void close() {
        try {
            cluster.stop(STOP);
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded PostgreSQL did not stop", e);
        }
    }

    private static LocalPostgres foundOrStarted(PostgresCluster cluster) throws IOException {
        Path data = cluster.data();
        long deadline = System.nanoTime() + ANSWER.toNanos();
        Optional<Postmaster> running = Postmaster.find(data);
        while (running.isPresent()) {
            LocalPostgres server = new LocalPostgres(cluster, running.get().port(), true);
            if (server.answers()) {
                return server;
            }
            if (System.nanoTime() > deadline) {
                cluster.stop(STOP);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            running = Postmaster.find(data);
        }
        return started(cluster);
    }

    /// Another program may take a free port before PostgreSQL does, so that is tried again.
    private static LocalPostgres started(PostgresCluster cluster) throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = freePort();
            try {
                cluster.start(port);
                return new LocalPostgres(cluster, port, false);
            } catch (IOException e) {
                if (attempt == PORTS_TRIED) {
                    throw new IOException(e.getMessage() + "\n" + cluster.lastWords(), e);
                }
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// One attempt, which takes its time while the server is still starting.
    private boolean answers() {
        try (Connection connection = connect("postgres")) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private void prepare() throws SQLException {
        try (Connection connection = connectToOwnDatabase()) {
            ServerSettings.requireDurable(connection);
        }
    }

    private Connection connectToOwnDatabase() throws SQLException {
        try {
            return connect(DATABASE);
        } catch (SQLException e) {
            if (!NO_SUCH_DATABASE.equals(e.getSQLState())) {
                throw e;
            }
            createOwnDatabase();
            return connect(DATABASE);
        }
    }

    private static final String CREATE = "CREATE DATABASE " + DATABASE;

    private void createOwnDatabase() throws SQLException {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(CREATE);
        }
    }

    private Connection connect(String database) throws SQLException {
        Properties entry = new Properties();
        entry.setProperty("user", PostgresCluster.USER);
        entry.setProperty("password", cluster.password());
        return DriverManager.getConnection(address(database).jdbcUrl(), entry);
    }

    private DatabaseAddress address(String database) {
        return new DatabaseAddress(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database,
                PostgresCluster.USER,
                new Secret(cluster.password()));
    }

    /// As PostgreSQL's own programs take it; the password needs no escapes.
    private String url() {
        return "postgresql://"
                + PostgresCluster.USER
                + ":"
                + cluster.password()
                + "@127.0.0.1:"
                + port
                + "/"
                + DATABASE;
    }
}
