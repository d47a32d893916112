package dev.convergence.steps.publish;

import dev.convergence.engine.step.QualityCheck;
import dev.convergence.engine.step.QualityCheck.Severity;
import dev.convergence.steps.duckdb.Session;
import dev.convergence.steps.quality.LoadRules;
import dev.convergence.steps.source.SourceColumns;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Holds the columns of a load's files against those of the load before of the same layout and
/// accounts, and remembers them: `x_meta_source_columns`. A column that a bill must have is no
/// matter here; a file without it is not read at all.
final class SourceContract {

    private final Session session;
    private final String run;
    private final LocalDateTime loadedAt;

    SourceContract(Session session, String run, LocalDateTime loadedAt) {
        this.session = session;
        this.run = run;
        this.loadedAt = loadedAt;
    }

    private static final String CREATE =
            """
            CREATE TABLE IF NOT EXISTS tenant.x_meta_source_columns (
              table_name VARCHAR NOT NULL,
              provider VARCHAR NOT NULL,
              layout VARCHAR NOT NULL,
              accounts VARCHAR NOT NULL,   -- whose files they are
              column_name VARCHAR NOT NULL,
              column_type VARCHAR NOT NULL,
              run_id VARCHAR NOT NULL,     -- the last that had it
              loaded_at TIMESTAMP NOT NULL)
            """;

    private static final String NOW =
            """
            CREATE OR REPLACE TEMP TABLE columns_now AS
            SELECT c.table_name, coalesce(w.provider, '') AS provider, c.layout,
              coalesce(w.accounts, '') AS accounts, c.column_name, c.column_type
            FROM load_source_columns c, (
              SELECT min(x_provider) AS provider,
                left(string_agg(DISTINCT account, ' ' ORDER BY account), 1000) AS accounts
              FROM load_windows WHERE table_name = ?) w
            WHERE c.table_name = ?
            """;

    private static final String BEFORE =
            """
            CREATE OR REPLACE TEMP TABLE columns_before AS
            SELECT b.* FROM tenant.x_meta_source_columns b
              SEMI JOIN columns_now n USING (table_name, provider, layout, accounts)
            """;

    private static final String COMPARED =
            """
            SELECT coalesce(n.column_name, b.column_name), n.column_type, b.column_type
            FROM columns_now n FULL JOIN columns_before b USING (column_name) ORDER BY 1
            """;

    /// @param now the type in this load; null where the column is gone
    /// @param before the type in the load before; null where the column is new
    private record Compared(String name, @Nullable String now, @Nullable String before) {

        boolean isNew() {
            return before == null;
        }

        boolean isGone() {
            return now == null && !SourceColumns.JSON.equals(before);
        }

        boolean isChanged() {
            return now != null && before != null && !now.equals(before);
        }
    }

    private static final String FORGET =
            """
            DELETE FROM tenant.x_meta_source_columns b
            WHERE EXISTS (SELECT 1 FROM columns_now n
                WHERE n.table_name = b.table_name AND n.provider = b.provider
                  AND n.layout = b.layout AND n.accounts = b.accounts
                  AND (b.column_type <> 'json' OR n.column_name = b.column_name))
            """;

    private static final String REMEMBER =
            "INSERT INTO tenant.x_meta_source_columns SELECT *, ?, ? FROM columns_now";

    /// A first load has nothing to be held against.
    List<QualityCheck> checks(String table) throws SQLException {
        session.execute(CREATE);
        session.execute(NOW, table, table);
        session.execute(BEFORE);
        long known = session.one("SELECT count(*) FROM columns_before", row -> row.getLong(1));
        List<Compared> compared =
                known == 0
                        ? List.of()
                        : session.list(
                                COMPARED,
                                row ->
                                        new Compared(
                                                row.getString(1),
                                                row.getString(2),
                                                row.getString(3)));
        session.execute(FORGET);
        session.execute(REMEMBER, run, loadedAt);
        return List.of(
                check(table, LoadRules.NO_NEW_COLUMN, "are new", compared, Compared::isNew),
                check(table, LoadRules.NO_COLUMN_GONE, "are gone", compared, Compared::isGone),
                check(
                        table,
                        LoadRules.NO_TYPE_CHANGED,
                        "have another type",
                        compared,
                        Compared::isChanged));
    }

    private static QualityCheck check(
            String table,
            String rule,
            String what,
            List<Compared> compared,
            Predicate<Compared> broken) {
        return new LoadCheck(
                        rule,
                        "contract",
                        table,
                        Severity.WARNING,
                        "columns of the source " + what,
                        "the columns of the load before")
                .result(
                        compared.size(),
                        compared.stream().filter(broken).map(Compared::name).toList());
    }
}
