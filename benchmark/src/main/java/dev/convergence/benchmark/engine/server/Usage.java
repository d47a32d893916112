package dev.convergence.benchmark.engine.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// What was spent between two moments: statements, transactions, and processor time as Linux counts
/// it.
public final class Usage implements AutoCloseable {

    private static final double TICKS_PER_SECOND = 100;
    private static final int PARENT = 1;
    private static final int USER_TIME = 11;
    private static final int CHILDREN_SYSTEM_TIME = 14;
    private static final int OWN_TIMES = 2;

    private final Connection connection;
    private final long postmaster;
    private final List<Long> nodes;
    private final boolean countsStatements;
    private final Moment began;

    private Usage(Connection connection, List<Long> nodes) throws SQLException {
        this.connection = connection;
        this.nodes = nodes;
        postmaster = parent(Facts.number(connection, "SELECT pg_backend_pid()"));
        countsStatements = countStatements();
        began = moment();
    }

    public static Usage begin(Server server, List<Long> nodes) throws SQLException {
        return new Usage(server.connect(), nodes);
    }

    /// @param postgresPercent of one core; empty where the system does not tell
    public record Spent(
            OptionalDouble statementsPerSecond,
            double transactionsPerSecond,
            OptionalDouble postgresPercent,
            OptionalDouble nodesPercent) {}

    private record Moment(
            long nanos, long statements, long transactions, long postgresTicks, long nodesTicks) {}

    public Spent end() throws SQLException {
        Moment now = moment();
        double seconds = (now.nanos - began.nanos) / 1e9;
        return new Spent(
                countsStatements
                        ? OptionalDouble.of((now.statements - began.statements) / seconds)
                        : OptionalDouble.empty(),
                (now.transactions - began.transactions) / seconds,
                percent(now.postgresTicks - began.postgresTicks, seconds, postmaster > 0),
                percent(now.nodesTicks - began.nodesTicks, seconds, hasProc()));
    }

    private static OptionalDouble percent(long ticks, double seconds, boolean isKnown) {
        return isKnown
                ? OptionalDouble.of(100 * ticks / TICKS_PER_SECOND / seconds)
                : OptionalDouble.empty();
    }

    /// Switches the counting on that is off while speed is measured.
    private boolean countStatements() {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements SCHEMA public");
            statement.execute("ALTER SYSTEM SET pg_stat_statements.track = 'all'");
            statement.execute("SELECT pg_reload_conf()");
            Facts.number(connection, STATEMENTS);
            return true;
        } catch (SQLException notThere) {
            return false;
        }
    }

    private static final String STATEMENTS =
            "SELECT COALESCE(sum(calls), 0)::bigint FROM public.pg_stat_statements";
    private static final String TRANSACTIONS =
            """
            SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()
            """;

    private Moment moment() throws SQLException {
        return new Moment(
                System.nanoTime(),
                countsStatements ? Facts.number(connection, STATEMENTS) : 0,
                Facts.number(connection, TRANSACTIONS),
                postgresTicks(),
                nodes.stream().mapToLong(pid -> ticks(pid, OWN_TIMES)).sum());
    }

    /// The living children's times, and the postmaster's, which has those of the ended ones.
    private long postgresTicks() {
        if (postmaster <= 0) {
            return 0;
        }
        long ended = ticks(postmaster, CHILDREN_SYSTEM_TIME - USER_TIME + 1);
        return ended
                + ProcessHandle.of(postmaster)
                        .map(ProcessHandle::children)
                        .orElse(Stream.empty())
                        .mapToLong(child -> ticks(child.pid(), OWN_TIMES))
                        .sum();
    }

    private static long parent(long pid) {
        String[] fields = stat(pid);
        return fields.length > PARENT ? Long.parseLong(fields[PARENT]) : 0;
    }

    private static long ticks(long pid, int times) {
        String[] fields = stat(pid);
        long sum = 0;
        for (int i = USER_TIME; i < USER_TIME + times && i < fields.length; i++) {
            sum += Long.parseLong(fields[i]);
        }
        return sum;
    }

    /// The fields after the program's name; empty when there is no such process or no such system.
    private static String[] stat(long pid) {
        try {
            String line = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return line.substring(line.lastIndexOf(')') + 2).split(" ");
        } catch (IOException gone) {
            return new String[0];
        }
    }

    private static boolean hasProc() {
        return Files.isReadable(Path.of("/proc/self/stat"));
    }

    @Override
    public void close() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (countsStatements) {
                statement.execute("ALTER SYSTEM SET pg_stat_statements.track = 'none'");
                statement.execute("SELECT pg_reload_conf()");
            }
        } finally {
            connection.close();
        }
    }
}
