package dev.convergence.steps.publish;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.steps.duckdb.Session;
import dev.convergence.steps.duckdb.Staging;
import dev.convergence.steps.publish.StagedTable.Figures;
import java.sql.SQLException;
import java.time.LocalDateTime;

/// Replaces a run's windows in one table of the tenant's data set, inside the transaction of all
/// tables of the load.
final class Publication {

    private final Staging staging;
    private final Session session;
    private final String run;
    private final LocalDateTime loadedAt;

    Publication(Staging staging, Session session, String run, LocalDateTime loadedAt) {
        this.staging = staging;
        this.session = session;
        this.run = run;
        this.loadedAt = loadedAt;
    }

    /// @throws EngineException when the table's shape has changed, or what arrived is not what was
    ///   staged
    Arrived replace(StagedTable table) throws SQLException {
        SchemaDrift.settle(session, table);
        deleteWindows(table);
        insert(table);
        writeLedger(table);
        return verified(table);
    }

    /// What a load has brought into a table.
    record Arrived(Figures figures, String checksum) {}

    /// Tells that a row `t` of a table lies in a window `w` of the load.
    private static final String IN_WINDOW =
            """
            w.table_name = '%1$s'
              AND w.x_provider = t.x_provider
              AND w.account IS NOT DISTINCT FROM (%2$s)
              AND (w.period = (%3$s)
                OR (w.period IS NULL AND (%4$s) BETWEEN w.first_day AND w.last_day))
            """;

    static String inWindow(StagedTable table) {
        return IN_WINDOW.formatted(
                table.name(), table.key().account(), period(table), table.key().day());
    }

    private static final String DELETE =
            """
            DELETE FROM tenant.%1$s
            WHERE rowid IN (SELECT t.rowid FROM tenant.%1$s t JOIN load_windows w ON %2$s WHERE %3$s)
            """;

    private void deleteWindows(StagedTable table) throws SQLException {
        String near = WindowSpan.of(session, table.name()).near(table.name(), table.key());
        session.execute(DELETE.formatted(table.name(), inWindow(table), near));
    }

    private void insert(StagedTable table) throws SQLException {
        try (var _ = staging.inAnyOrder()) {
            session.execute(
                    "INSERT INTO tenant.%s BY NAME SELECT * FROM %s"
                            .formatted(table.name(), table.rows()));
        }
    }

    private static final String ARRIVED =
            """
            SELECT coalesce(sum(row_count), 0)::BIGINT, coalesce(sum(cost), 0)::DECIMAL(38,20),
              coalesce(sum(checksum::HUGEINT), 0)::VARCHAR
            FROM tenant.x_meta_loads WHERE table_name = ? AND run_id = ?
            """;

    /// Each row that was staged must have arrived in one of the windows.
    private Arrived verified(StagedTable table) throws SQLException {
        Arrived arrived =
                session.one(
                        ARRIVED,
                        row ->
                                new Arrived(
                                        new Figures(row.getLong(1), row.getBigDecimal(2)),
                                        row.getString(3)),
                        table.name(),
                        run);
        if (!table.staged(session).equals(arrived.figures())) {
            throw new EngineException(
                    ErrorCode.INTERNAL_ERROR,
                    "What arrived in %s is not what was staged; nothing was loaded."
                            .formatted(table.name()));
        }
        return arrived;
    }

    private static final String CREATE_LEDGER =
            """
            CREATE TABLE IF NOT EXISTS tenant.x_meta_loads (
              table_name VARCHAR NOT NULL,
              provider VARCHAR NOT NULL,
              account VARCHAR,
              period VARCHAR,            -- YYYYMM; null when days were asked for
              first_day DATE,
              last_day DATE,
              row_count BIGINT NOT NULL,
              cost DECIMAL(38,20) NOT NULL,
              checksum VARCHAR NOT NULL,
              run_id VARCHAR NOT NULL,
              loaded_at TIMESTAMP NOT NULL)
            """;

    /// The rows of the run are added up by day first: they are many, days and windows are few.
    private static final String WRITE_LEDGER =
            """
            INSERT INTO tenant.x_meta_loads
            SELECT w.table_name, w.x_provider, w.account, w.period, w.first_day, w.last_day,
              coalesce(sum(p.row_count), 0)::BIGINT, coalesce(sum(p.cost), 0)::DECIMAL(38,20),
              coalesce(sum(p.checksum), 0)::VARCHAR, ?, ?
            FROM load_windows w LEFT JOIN (
                SELECT x_provider, %2$s AS account, %3$s AS period, %4$s AS day,
                  count(*) AS row_count, %5$s AS cost, %6$s AS checksum
                FROM tenant.%1$s t WHERE x_run_id = ? GROUP BY ALL) p
              ON w.x_provider = p.x_provider AND w.account IS NOT DISTINCT FROM p.account
                AND (w.period = p.period
                  OR (w.period IS NULL AND p.day BETWEEN w.first_day AND w.last_day))
            WHERE w.table_name = '%1$s'
            GROUP BY w.table_name, w.x_provider, w.account, w.period, w.first_day, w.last_day
            """;

    static void openLedger(Session session) throws SQLException {
        session.execute(CREATE_LEDGER);
    }

    private void writeLedger(StagedTable table) throws SQLException {
        openLedger(session);
        session.execute(
                WRITE_LEDGER.formatted(
                        table.name(),
                        table.key().account(),
                        period(table),
                        table.key().day(),
                        table.key().costSum(),
                        table.checksum()),
                run,
                loadedAt,
                run);
    }

    private static String period(StagedTable table) {
        return table.key().period() == null ? "NULL" : table.key().period();
    }
}
