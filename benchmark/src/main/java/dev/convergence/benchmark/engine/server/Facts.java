package dev.convergence.benchmark.engine.server;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// What the server says of itself, and how long a commit takes on its disk.
public final class Facts {

    private static final int COMMITS = 300;
    private static final List<String> NAMES =
            List.of(
                    "server_version",
                    "fsync",
                    "synchronous_commit",
                    "full_page_writes",
                    "wal_sync_method",
                    "wal_compression",
                    "wal_level",
                    "shared_buffers",
                    "max_wal_size",
                    "checkpoint_timeout",
                    "autovacuum",
                    "max_connections",
                    "jit");

    private Facts() {}

    /// The settings that matter, and the median and 99th percentile of a commit of one row.
    public static Map<String, String> of(Server server) throws SQLException {
        try (Connection connection = server.connect()) {
            return of(connection);
        }
    }

    public static Map<String, String> of(Connection connection) throws SQLException {
        Map<String, String> facts = new LinkedHashMap<>();
        for (String name : NAMES) {
            facts.put(name, text(connection, "SHOW " + name));
        }
        long[] commits = commits(connection);
        facts.put("commit of one row, median", commits[COMMITS / 2] / 1000 + " µs");
        facts.put("commit of one row, p99", commits[COMMITS * 99 / 100] / 1000 + " µs");
        return facts;
    }

    public static boolean isDurable(Map<String, String> facts) {
        return "on".equals(facts.get("fsync"))
                && "on".equals(facts.get("synchronous_commit"))
                && "on".equals(facts.get("full_page_writes"));
    }

    private static long[] commits(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE commit_latency (n integer)");
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO commit_latency VALUES (1)")) {
            return IntStream.range(0, COMMITS).mapToLong(_ -> nanos(insert)).sorted().toArray();
        } finally {
            try (Statement statement = connection.createStatement()) {
                statement.execute("DROP TABLE commit_latency");
            }
        }
    }

    private static long nanos(PreparedStatement insert) {
        long began = System.nanoTime();
        try {
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("A commit failed", e);
        }
        return System.nanoTime() - began;
    }

    public static long number(Connection connection, String sql) throws SQLException {
        return Long.parseLong(text(connection, sql));
    }

    public static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }
}
