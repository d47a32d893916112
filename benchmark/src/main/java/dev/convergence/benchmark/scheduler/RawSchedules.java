package dev.convergence.benchmark.scheduler;

import dev.convergence.benchmark.engine.server.Server;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// Schedules by hand: a job, its ticket and its slot for each, the next instant a day later; one
/// statement a thousand. No tenants, no policies, no quotas.
final class RawSchedules implements AutoCloseable {

    private static final String TABLES =
            """
            CREATE SCHEMA raw;
            CREATE TABLE raw.schedule (id bigint PRIMARY KEY, next_fire timestamptz NOT NULL, payload jsonb NOT NULL)
                WITH (fillfactor = 85);
            CREATE INDEX schedule_due ON raw.schedule (next_fire);
            CREATE TABLE raw.job (id bigint PRIMARY KEY, payload jsonb NOT NULL);
            CREATE TABLE raw.ready (id bigint PRIMARY KEY);
            CREATE TABLE raw.slot (schedule_id bigint, due_at timestamptz, job_id bigint, PRIMARY KEY (schedule_id, due_at));
            CREATE SEQUENCE raw.fired CACHE 1000;
            """;

    private static final String MAKE =
            """
            INSERT INTO raw.schedule
            SELECT n, now() + interval '1 day' + n * interval '1 second', jsonb_build_object('n', n)
            FROM generate_series(0, %d - 1) AS n
            """;

    private static final String IS_ANY_DUE =
            """
            SELECT EXISTS (SELECT 1 FROM (
                SELECT next_fire FROM raw.schedule ORDER BY next_fire LIMIT 1) AS first WHERE next_fire <= now())
            """;

    private static final String FIRE =
            """
            WITH due AS MATERIALIZED (
                SELECT id, next_fire, payload FROM raw.schedule WHERE next_fire <= now()
                ORDER BY next_fire LIMIT 1000 FOR UPDATE SKIP LOCKED),
            fired AS MATERIALIZED (SELECT id, next_fire, nextval('raw.fired') AS job_id, payload FROM due),
            made AS (INSERT INTO raw.job SELECT job_id, payload FROM fired),
            queued AS (INSERT INTO raw.ready SELECT job_id FROM fired),
            written AS (INSERT INTO raw.slot SELECT id, next_fire, job_id FROM fired),
            moved AS (
                UPDATE raw.schedule SET next_fire = next_fire + interval '1 day'
                WHERE id = ANY(ARRAY(SELECT id FROM due)) RETURNING 1)
            SELECT count(*) FROM moved
            """;

    private final Server server;
    private final Connection connection;
    private final PreparedStatement isAnyDue;

    RawSchedules(Server server) throws SQLException {
        this.server = server;
        connection = server.connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute(TABLES);
        }
        isAnyDue = connection.prepareStatement(IS_ANY_DUE);
    }

    void make(int count) throws SQLException {
        execute(MAKE.formatted(count));
        server.settle();
    }

    boolean isAnyDue() throws SQLException {
        return number(isAnyDue) != 0;
    }

    void makeDue(int count) throws SQLException {
        execute("TRUNCATE raw.job, raw.ready, raw.slot");
        execute(
                "UPDATE raw.schedule SET next_fire = now() - interval '1 second' WHERE id < "
                        + count);
        server.settle();
    }

    int fire() throws SQLException {
        int all = 0;
        try (PreparedStatement fire = connection.prepareStatement(FIRE)) {
            for (int fired = number(fire); fired > 0; fired = number(fire)) {
                all += fired;
            }
        }
        return all;
    }

    private static int number(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getMetaData().getColumnTypeName(1).equals("bool")
                    ? rows.getBoolean(1) ? 1 : 0
                    : rows.getInt(1);
        }
    }

    void drop() throws SQLException {
        execute("DROP SCHEMA raw CASCADE");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
