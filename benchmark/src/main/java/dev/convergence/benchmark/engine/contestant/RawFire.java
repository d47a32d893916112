package dev.convergence.benchmark.engine.contestant;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/// Fires raw schedules that are due: a job and its ticket for each, the next instant a day later.
final class RawFire implements AutoCloseable {

    // Numbers of jobs from the far end, where no producer's block ever is.
    private static final String FIRE =
            """
            WITH due AS MATERIALIZED (
                SELECT id, payload FROM raw.schedule WHERE next_fire <= now()
                ORDER BY next_fire LIMIT 1000 FOR UPDATE SKIP LOCKED),
            fired AS MATERIALIZED (SELECT id, nextval('raw.fired') AS job_id, payload FROM due),
            made AS (INSERT INTO raw.job SELECT job_id, payload FROM fired),
            queued AS (INSERT INTO raw.ready SELECT job_id FROM fired),
            moved AS (
                UPDATE raw.schedule SET last_fire = next_fire, next_fire = next_fire + interval '1 day'
                WHERE id = ANY(ARRAY(SELECT id FROM due)) RETURNING 1)
            SELECT count(*) FROM moved
            """;

    private static final String NEXT =
            "SELECT extract(epoch FROM min(next_fire) - clock_timestamp()) * 1e9 FROM raw.schedule";

    private static final long SOON = Duration.ofMillis(1).toNanos();

    private final PreparedStatement fire;
    private final PreparedStatement next;

    RawFire(Connection connection) throws SQLException {
        fire = connection.prepareStatement(FIRE);
        next = connection.prepareStatement(NEXT);
    }

    int batch() throws SQLException {
        try (ResultSet rows = fire.executeQuery()) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /// How long until the next is due, at most so long.
    long nanosToNext(long most) throws SQLException {
        try (ResultSet rows = next.executeQuery()) {
            rows.next();
            long nanos = rows.getLong(1);
            return rows.wasNull() ? most : Math.clamp(nanos, SOON, most);
        }
    }

    @Override
    public void close() throws SQLException {
        next.close();
        fire.close();
    }
}
