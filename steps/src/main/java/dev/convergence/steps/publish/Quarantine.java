package dev.convergence.steps.publish;

import dev.convergence.steps.duckdb.Session;
import dev.convergence.steps.source.BadRows;
import java.sql.SQLException;
import java.time.LocalDateTime;

/// Tells in the tenant's data set which lines a load left out, and why: `x_meta_bad_rows`.
final class Quarantine {

    private Quarantine() {}

    private static final String IS_THERE =
            "SELECT count(*) FROM duckdb_tables() WHERE table_name = ?";

    private static final String CREATE =
            """
            CREATE TABLE IF NOT EXISTS tenant.x_meta_bad_rows (
              run_id VARCHAR NOT NULL,
              table_name VARCHAR NOT NULL,
              x_source_file VARCHAR NOT NULL,
              line BIGINT NOT NULL,
              column_name VARCHAR,       -- null when the line as a whole cannot be read
              reason VARCHAR NOT NULL,
              loaded_at TIMESTAMP NOT NULL)
            """;

    private static final String WRITE =
            """
            INSERT INTO tenant.x_meta_bad_rows
            SELECT ?, table_name, x_source_file, line, column_name, reason, ? FROM load_bad_rows
            """;

    static void write(Session session, String run, LocalDateTime loadedAt) throws SQLException {
        if (session.one(IS_THERE, row -> row.getLong(1), BadRows.TABLE) > 0) {
            session.execute(CREATE);
            session.execute(WRITE, run, loadedAt);
        }
    }
}
