package dev.convergence.steps.publish;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.steps.duckdb.Session;
import dev.convergence.steps.publish.StagedTable.Figures;
import java.sql.SQLException;
import java.time.LocalDateTime;

/// Replaces a run's windows in one table of the tenant's data set, inside the transaction of all
/// tables of the load.
final class Publication {

    private final Session session;
    private final String run;
    private final LocalDateTime loadedAt;

    Publication(Session session, String run, LocalDateTime loadedAt) {
        this.session = session;
        this.run = run;
        this.loadedAt = loadedAt;
    }

    /// @throws EngineException when the table's shape has changed, or what arrived is not what was
    ///   staged
    Figures replace(StagedTable table) throws SQLException {
        SchemaDrift.settle(session, table);
        deleteWindows(table);
        insert(table);
        Figures figures = verified(table);
        writeLedger(table);
        return figures;
    }

    /// Tells that a row `t` of a table lies in a window `w` of the load.
    private static final String IN_WINDOW =
            """
            w.table_name = '%1$s'
              AND w.x_provider = t.x_provider
              AND w.account IS NOT DISTINCT FROM (%2$s)
              AND (w.period = (%3$s)
                OR (w.period IS NULL AND (%4$s) BETWEEN w.first_day AND w.last_day))
            """;

    private static String inWindow(StagedTable table) {
        return IN_WINDOW.formatted(
                table.name(),
                table.key().account(),
                table.key().period() == null ? "NULL" : table.key().period(),
                table.key().day());
    }

    private static final String DELETE =
            """
            DELETE FROM tenant.%1$s
            WHERE rowid IN (SELECT t.rowid FROM tenant.%1$s t JOIN load_windows w ON %2$s)
            """;

    private void deleteWindows(StagedTable table) throws SQLException {
        session.execute(DELETE.formatted(table.name(), inWindow(table)));
    }

    private void insert(StagedTable table) throws SQLException {
        session.execute(
                "INSERT INTO tenant.%1$s BY NAME SELECT * FROM %1$s".formatted(table.name()));
    }

    private Figures verified(StagedTable table) throws SQLException {
        Figures staged = table.staged(session);
        if (!staged.equals(table.inserted(session, run))) {
            throw new EngineException(
                    ErrorCode.INTERNAL_ERROR,
                    "What arrived in %s is not what was staged; nothing was loaded."
                            .formatted(table.name()));
        }
        return staged;
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

    private static final String WRITE_LEDGER =
            """
            INSERT INTO tenant.x_meta_loads
            SELECT w.table_name, w.x_provider, w.account, w.period, w.first_day, w.last_day,
              count(t.x_run_id), %2$s, %3$s, ?, ?
            FROM load_windows w LEFT JOIN %1$s t ON %4$s
            WHERE w.table_name = '%1$s'
            GROUP BY w.table_name, w.x_provider, w.account, w.period, w.first_day, w.last_day
            """;

    private void writeLedger(StagedTable table) throws SQLException {
        session.execute(CREATE_LEDGER);
        session.execute(
                WRITE_LEDGER.formatted(
                        table.name(),
                        table.key().costSum(),
                        table.checksumWhereJoined(),
                        inWindow(table)),
                run,
                loadedAt);
    }
}
