package dev.convergence.benchmark.engine.contestant;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

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

    private final PreparedStatement fire;

    RawFire(Connection connection) throws SQLException {
        fire = connection.prepareStatement(FIRE);
    }

    int batch() throws SQLException {
        try (ResultSet rows = fire.executeQuery()) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Override
    public void close() throws SQLException {
        fire.close();
    }
}
