package dev.convergence.service.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.convergence.engine.sql.Migrations;
import dev.convergence.service.config.DatabaseAddress;
import dev.convergence.service.config.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/// Makes the connection pool, and makes sure that what it leads to can be used.
public final class DatabasePool {

    private static final int OLDEST_VERSION = 15;

    /// An operator who mistyped the address is told while still looking at the screen.
    private static final Duration FIRST_CONNECTION = Duration.ofSeconds(2);

    private static final Duration ONE_CONNECTION = Duration.ofSeconds(3);
    private static final Duration ANY_CONNECTION = Duration.ofSeconds(30);

    /// A process that is frozen in the middle of a transaction holds its locks: others would wait
    /// for it however long it sleeps. What waits for a tenant's data set meanwhile is tried again.
    private static final String NOBODY_SLEEPS_WITH_LOCKS =
            "SET idle_in_transaction_session_timeout = '30s'";

    private DatabasePool() {}

    /// @throws DatabaseRefused when nothing answers, or a server that is too old
    public static HikariDataSource open(DatabaseAddress address, int connections) {
        HikariDataSource pool = connect(config(address, connections));
        try {
            requireUsable(pool);
            return pool;
        } catch (SQLException e) {
            pool.close();
            throw new DatabaseRefused("The database does not answer: " + e.getMessage(), e);
        } catch (DatabaseRefused e) {
            pool.close();
            throw e;
        }
    }

    private static HikariDataSource connect(HikariConfig config) {
        try {
            return new HikariDataSource(config);
        } catch (PoolInitializationException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new DatabaseRefused(
                    "The database of DATABASE_URL cannot be reached: "
                            + cause.getMessage()
                            + "\nIs PostgreSQL running there, and are host, port, database, user"
                            + " and password right? Without DATABASE_URL the server starts a"
                            + " PostgreSQL of its own.",
                    e);
        }
    }

    private static HikariConfig config(DatabaseAddress address, int connections) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("convergence");
        config.setJdbcUrl(address.jdbcUrl());
        config.setUsername(address.user());
        Secret password = address.password();
        config.setPassword(password == null ? null : password.reveal());
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(2);
        config.setInitializationFailTimeout(FIRST_CONNECTION.toMillis());
        config.setConnectionTimeout(ANY_CONNECTION.toMillis());
        config.setConnectionInitSql(NOBODY_SLEEPS_WITH_LOCKS);
        config.addDataSourceProperty("connectTimeout", Long.toString(ONE_CONNECTION.toSeconds()));
        config.addDataSourceProperty("ApplicationName", "convergence");
        config.addDataSourceProperty("currentSchema", Migrations.SCHEMA);
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        return config;
    }

    private static void requireUsable(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST_VERSION) {
                throw new DatabaseRefused(
                        "The database of DATABASE_URL is PostgreSQL "
                                + version
                                + ", and "
                                + OLDEST_VERSION
                                + " or newer is needed.");
            }
            String encoding = ServerSettings.show(connection, "server_encoding");
            if (!encoding.equals("UTF8")) {
                throw new DatabaseRefused(
                        "The database of DATABASE_URL is encoded in "
                                + encoding
                                + "; create one with ENCODING 'UTF8'.");
            }
        }
    }
}
