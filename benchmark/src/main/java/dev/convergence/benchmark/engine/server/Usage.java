package dev.convergence.benchmark.engine.server;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// What was spent between two moments: statements, transactions, and processor time as Linux counts
/// it.
public final class Usage implements AutoCloseable {

    private final Connection connection;
    private final long postmaster;
    private final List<Long> nodes;
    private final boolean countsStatements;
    private final Moment began;

    private Usage(Connection connection, List<Long> nodes) throws SQLException {
        this.connection = connection;
        this.nodes = nodes;
        postmaster = ProcessTimes.parent(Facts.number(connection, "SELECT pg_backend_pid()"));
        countsStatements = countStatements();
        began = moment();
    }

    public static Usage begin(Server server, List<Long> nodes) throws SQLException {
        return new Usage(server.connect(), nodes);
    }

    /// @param statements how often each was made, the most frequent first
    /// @param postgresPercent of one core; empty where the system does not tell
    public record Spent(
            OptionalDouble statementsPerSecond,
            List<String> statements,
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
                countsStatements ? statements() : List.of(),
                (now.transactions - began.transactions) / seconds,
                percent(now.postgresTicks - began.postgresTicks, seconds, postmaster > 0),
                percent(now.nodesTicks - began.nodesTicks, seconds, ProcessTimes.areTold()));
    }

    private static OptionalDouble percent(long ticks, double seconds, boolean isKnown) {
        return isKnown
                ? OptionalDouble.of(100 * ticks / ProcessTimes.TICKS_PER_SECOND / seconds)
                : OptionalDouble.empty();
    }

    /// Switches the counting on that is off while speed is measured.
    private boolean countStatements() {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements SCHEMA public");
            statement.execute("ALTER SYSTEM SET pg_stat_statements.track = 'all'");
            statement.execute("SELECT pg_reload_conf()");
            statement.execute("SELECT public.pg_stat_statements_reset()");
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

    private static final String BY_TEXT =
            """
            SELECT sum(calls) || ' x ' || left(regexp_replace(query, '\\s+', ' ', 'g'), 100)
            FROM public.pg_stat_statements GROUP BY query HAVING sum(calls) > 1 ORDER BY sum(calls) DESC LIMIT 40
            """;

    private List<String> statements() throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(BY_TEXT)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    private Moment moment() throws SQLException {
        return new Moment(
                System.nanoTime(),
                countsStatements ? Facts.number(connection, STATEMENTS) : 0,
                Facts.number(connection, TRANSACTIONS),
                ProcessTimes.ticksOfAll(postmaster),
                nodes.stream().mapToLong(ProcessTimes::ticks).sum());
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
