package dev.convergence.steps.query;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;

/// A DuckDB of its own in memory, with the tenant's file attached read-only and every door locked
/// before the first word of the tenant is read.
final class LockedConnection {

    private LockedConnection() {}

    /// @param streaming rows come as they are read; without it they are collected first, and errors
    ///   come with their reason
    static Connection open(Path file, String catalog, int memoryMegabytes, boolean streaming)
            throws SQLException {
        Properties settings = settings(memoryMegabytes);
        settings.setProperty("jdbc_stream_results", Boolean.toString(streaming));
        Connection connection = DriverManager.getConnection("jdbc:duckdb:", settings);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            statement.execute(
                    "ATTACH '%s' AS %s (READ_ONLY)"
                            .formatted(file.toString().replace("'", "''"), quoted(catalog)));
            statement.execute("USE " + quoted(catalog));
            statement.execute("SET enable_external_access = false");
            statement.execute("SET lock_configuration = true");
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    private static Properties settings(int memoryMegabytes) {
        Properties settings = new Properties();
        settings.setProperty("memory_limit", memoryMegabytes + "MB");
        settings.setProperty("threads", "1");
        settings.setProperty("temp_directory", "");
        settings.setProperty("autoload_known_extensions", "false");
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("allow_community_extensions", "false");
        return settings;
    }

    private static final String TABLES =
            """
            SELECT table_name FROM information_schema.tables
            WHERE table_catalog = ? AND table_schema = 'main'
            """;

    private static final String SYSTEM_VIEWS =
            """
            SELECT DISTINCT view_name FROM duckdb_views()
            WHERE internal AND schema_name <> 'information_schema'
            """;

    static SelectOnly.Names names(Connection connection, String catalog) throws SQLException {
        return new SelectOnly.Names(
                catalog.toLowerCase(Locale.ROOT),
                lower(connection, TABLES, catalog),
                lower(connection, SYSTEM_VIEWS));
    }

    private static Set<String> lower(Connection connection, String sql, String... values)
            throws SQLException {
        Set<String> found = new HashSet<>();
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1).toLowerCase(Locale.ROOT));
                }
            }
        }
        return found;
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
