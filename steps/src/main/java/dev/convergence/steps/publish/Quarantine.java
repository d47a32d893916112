package dev.convergence.steps.publish;

import dev.convergence.steps.duckdb.Session;
import dev.convergence.steps.quality.LeftOut;
import dev.convergence.steps.source.BadRows;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;

/// Tells in the tenant's data set what a load left out, and why: `x_meta_bad_rows`. Lines that
/// cannot be read are named by their place in the file; rows that break a rule stand there whole.
final class Quarantine {

    /// Rows of one table and rule that a load keeps; all are counted in the rule's result.
    private static final int ROWS_MAX = 100_000;

    /// Rows of all loads together that a data set keeps, the newest load's in any case: what is
    /// quarantined may be loaded hourly.
    private static final int KEPT_MAX = 1_000_000;

    private final Session session;
    private final String run;
    private final LocalDateTime loadedAt;

    Quarantine(Session session, String run, LocalDateTime loadedAt) {
        this.session = session;
        this.run = run;
        this.loadedAt = loadedAt;
    }

    private static final String IS_THERE =
            "SELECT count(*) FROM duckdb_tables() WHERE table_name = ?";

    private static final String WRITE_LINES =
            """
            INSERT INTO tenant.x_meta_bad_rows BY NAME
            SELECT ? AS run_id, table_name, x_source_file, line, column_name, reason,
              ? AS loaded_at
            FROM load_bad_rows
            """;

    /// Lines that the extract could not read.
    void writeLines() throws SQLException {
        if (session.one(IS_THERE, row -> row.getLong(1), BadRows.TABLE) > 0) {
            prepare();
            session.execute(WRITE_LINES, run, loadedAt);
        }
    }

    private static final String WRITE_ROWS =
            """
            INSERT INTO tenant.x_meta_bad_rows BY NAME
            SELECT ? AS run_id, ? AS table_name, t.x_source_file, ? AS column_name, ? AS reason,
              ? AS loaded_at, ? AS rule, to_json(t) AS row_content
            FROM %s t WHERE (%s) IS TRUE LIMIT %d
            """;

    /// Rows of a staged table that broke rules of its suite.
    void writeRows(StagedTable table) throws SQLException {
        if (table.leftOut().isEmpty()) {
            return;
        }
        prepare();
        for (LeftOut left : table.leftOut()) {
            session.execute(
                    WRITE_ROWS.formatted(table.name(), left.condition(), ROWS_MAX),
                    run,
                    table.name(),
                    left.column(),
                    left.reason(),
                    loadedAt,
                    left.rule());
        }
    }

    private static final String CREATE =
            """
            CREATE TABLE IF NOT EXISTS tenant.x_meta_bad_rows (
              run_id VARCHAR NOT NULL,
              table_name VARCHAR NOT NULL,
              x_source_file VARCHAR NOT NULL,
              line BIGINT,               -- null for a row that broke a rule
              column_name VARCHAR,       -- null when the line as a whole cannot be read
              reason VARCHAR NOT NULL,
              loaded_at TIMESTAMP NOT NULL,
              rule VARCHAR,              -- null for a line that cannot be read
              row_content JSON)
            """;

    private static final String FORGET_OLD =
            """
            DELETE FROM tenant.x_meta_bad_rows WHERE loaded_at < ?
            """;

    private static final String FORGET_MANY =
            """
            DELETE FROM tenant.x_meta_bad_rows
            WHERE run_id IN (
              SELECT run_id FROM (
                SELECT run_id, sum(count(*)) OVER (ORDER BY max(loaded_at) DESC, run_id DESC) AS up_to
                FROM tenant.x_meta_bad_rows GROUP BY run_id)
              WHERE up_to > ? AND run_id <> ?)
            """;

    /// Lets go what is older than runs are kept, and the oldest of what is too much.
    void forget(Duration kept) throws SQLException {
        if (!StagedTable.columns(session, "tenant", "x_meta_bad_rows").isEmpty()) {
            session.execute(FORGET_OLD, loadedAt.minus(kept));
            session.execute(FORGET_MANY, KEPT_MAX, run);
        }
    }

    private void prepare() throws SQLException {
        session.execute(CREATE);
        if (!StagedTable.columns(session, "tenant", "x_meta_bad_rows").containsKey("rule")) {
            widen();
        }
    }

    /// A table of an earlier version.
    private void widen() throws SQLException {
        session.execute("ALTER TABLE tenant.x_meta_bad_rows ALTER COLUMN line DROP NOT NULL");
        session.execute("ALTER TABLE tenant.x_meta_bad_rows ADD COLUMN rule VARCHAR");
        session.execute("ALTER TABLE tenant.x_meta_bad_rows ADD COLUMN row_content JSON");
    }
}
