package dev.convergence.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// One real PostgreSQL for all tests of a JVM, with a fresh database for whoever asks.
///
/// Durability is off, because a test's database need not survive; the product's is on.
public final class TestPostgres {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final EmbeddedPostgres SERVER = start();

    private TestPostgres() {}

    /// The URL of a new, empty database.
    public static String freshDatabase() {
        String name = "test_" + COUNT.incrementAndGet();
        execute(SERVER.getPostgresDatabase(), "CREATE DATABASE " + name);
        return url(name);
    }

    /// The URL of a copy of another database of this server; nobody may be connected to it.
    public static String copyOf(String url) {
        String template = url.substring(url.lastIndexOf('/') + 1).replaceAll("\\?.*", "");
        String name = "test_" + COUNT.incrementAndGet();
        execute(
                SERVER.getPostgresDatabase(),
                "CREATE DATABASE " + name + " TEMPLATE " + template + " STRATEGY FILE_COPY");
        return url(name);
    }

    public static DataSource dataSource(String url) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        return source;
    }

    private static String url(String database) {
        return "jdbc:postgresql://localhost:"
                + SERVER.getPort()
                + "/"
                + database
                + "?user=postgres&password=postgres";
    }

    private static void execute(DataSource source, String sql) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("The test database refused: " + sql, e);
        }
    }

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "300")
                    .setServerConfig("fsync", "off")
                    .setServerConfig("synchronous_commit", "off")
                    .setServerConfig("timezone", "Asia/Kolkata")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL for tests did not start", e);
        }
    }
}
