package dev.convergence.service.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/// What the own PostgreSQL is started with; on the command line, so that nothing overrides it.
final class ServerSettings {

    /// Without each of these a committed job could be lost with the power.
    private static final List<String> DURABLE =
            List.of("fsync", "synchronous_commit", "full_page_writes");

    static final Map<String, String> ALL =
            Map.ofEntries(
                    Map.entry("fsync", "on"),
                    Map.entry("synchronous_commit", "on"),
                    Map.entry("full_page_writes", "on"),
                    // Only this machine, and no socket file that another user could open.
                    Map.entry("listen_addresses", "127.0.0.1"),
                    Map.entry("unix_socket_directories", ""),
                    Map.entry("max_connections", "200"),
                    // Small machines, small queries: no compiling, a modest cache.
                    Map.entry("jit", "off"),
                    Map.entry("shared_buffers", "192MB"),
                    Map.entry("effective_cache_size", "1GB"),
                    Map.entry("random_page_cost", "1.1"),
                    Map.entry("wal_compression", "on"),
                    Map.entry("max_wal_size", "2GB"),
                    Map.entry("timezone", "UTC"),
                    // Queries of a server that was killed end soon after it.
                    Map.entry("client_connection_check_interval", "5s"),
                    // A week of logs, without the values of rows.
                    Map.entry("logging_collector", "on"),
                    Map.entry("log_directory", "log"),
                    Map.entry("log_filename", "postgresql-%a.log"),
                    Map.entry("log_rotation_age", "1d"),
                    Map.entry("log_rotation_size", "0"),
                    Map.entry("log_truncate_on_rotation", "on"),
                    Map.entry("log_file_mode", "0600"),
                    Map.entry("log_error_verbosity", "terse"),
                    Map.entry("log_min_error_statement", "panic"),
                    Map.entry("log_timezone", "UTC"));

    private ServerSettings() {}

    /// @throws DatabaseRefused when a commit of this server would not survive a crash
    static void requireDurable(Connection connection) throws SQLException {
        for (String setting : DURABLE) {
            String value = show(connection, setting);
            if (!value.equals("on")) {
                throw new DatabaseRefused(
                        "The embedded PostgreSQL runs with "
                                + setting
                                + "="
                                + value
                                + ", so a crash could lose committed work. Take the setting out of"
                                + " its configuration and start again.");
            }
        }
    }

    /// One setting; the name is one of ours, never a user's.
    static String show(Connection connection, String setting) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW " + setting)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
