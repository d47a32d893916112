package dev.convergence.benchmark.engine.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One PostgreSQL with one database, for all contestants after another.
public final class Server implements AutoCloseable {

    private static final long MEMORY_SHARE = 8;
    private static final long MEGABYTE = 1024L * 1024;
    private static final long SHARED_BUFFERS_MAX = 2048;

    private final String url;
    private final @Nullable EmbeddedPostgres embedded;

    private Server(String url, @Nullable EmbeddedPostgres embedded) {
        this.url = url;
        this.embedded = embedded;
    }

    /// Somebody's database; it must be empty, because it is emptied.
    public static Server at(String url) throws SQLException {
        Server server = new Server(url, null);
        server.refuseUnlessEmpty();
        return server;
    }

    /// Starts a server of our own in a temporary folder, durable and sized for the machine.
    ///
    /// The library switches fsync off before its caller's settings, which come after and win.
    public static Server start() throws IOException, SQLException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
        settings().forEach(builder::setServerConfig);
        EmbeddedPostgres embedded = builder.start();
        String url =
                "jdbc:postgresql://127.0.0.1:"
                        + embedded.getPort()
                        + "/postgres?user=postgres&password=postgres";
        Server server = new Server(url, embedded);
        server.countNoStatements();
        return server;
    }

    /// Not among the settings above, because those could not be changed while the server runs.
    private void countNoStatements() throws SQLException {
        execute("ALTER SYSTEM SET pg_stat_statements.track = 'none'");
        execute("SELECT pg_reload_conf()");
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("fsync", "on");
        settings.put("full_page_writes", "on");
        settings.put("synchronous_commit", "on");
        settings.put("shared_buffers", sharedBuffers() + "MB");
        settings.put("max_wal_size", "8GB");
        settings.put("checkpoint_timeout", "15min");
        settings.put("autovacuum", "on");
        settings.put("max_connections", "200");
        settings.put("wal_compression", "off");
        settings.put("jit", "off");
        settings.put("shared_preload_libraries", "pg_stat_statements");
        return settings;
    }

    private static long sharedBuffers() {
        long memory =
                java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                                instanceof com.sun.management.OperatingSystemMXBean system
                        ? system.getTotalMemorySize() / MEGABYTE
                        : SHARED_BUFFERS_MAX;
        return Math.min(SHARED_BUFFERS_MAX, memory / MEMORY_SHARE);
    }

    public String url() {
        return url;
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url);
    }

    public ProcessorTime processorTime() throws SQLException {
        try (Connection connection = connect()) {
            return ProcessorTime.until(connection);
        }
    }

    /// Writes everything down and makes the planner's statistics fresh, so that each measurement
    /// begins alike.
    public void settle() throws SQLException {
        execute("VACUUM ANALYZE");
        checkpoint();
    }

    public void checkpoint() throws SQLException {
        execute("CHECKPOINT");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static final String OTHERS_TABLES =
            """
            SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
              AND n.nspname NOT LIKE 'pg_toast%'
            """;

    private void refuseUnlessEmpty() throws SQLException {
        try (Connection connection = connect()) {
            long tables = Facts.number(connection, OTHERS_TABLES);
            if (tables > 0) {
                throw new IllegalArgumentException(
                        "The database has %d tables. Give an empty one: all it holds is dropped."
                                .formatted(tables));
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (embedded != null) {
            embedded.close();
        }
    }
}
