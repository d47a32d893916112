package dev.convergence.steps.source;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.steps.duckdb.Session;
import java.sql.SQLException;
import java.util.List;

/// The actual and the amortized export of Azure's costs, which have the same columns: their lines
/// tell, where a commitment plays a part. Without one both exports are the same, and count as the
/// actual one.
public final class AzureExports {

    public static final String AMORTIZED = "amortized";

    private static final String MARK = " (amortized)";

    private AzureExports() {}

    /// Whose bill a row is of, in SQL: the two exports of an account are two bills.
    public static String account(String account, String exportType) {
        return "%s || CASE WHEN %s = '%s' THEN '%s' ELSE '' END"
                .formatted(account, exportType, AMORTIZED, MARK);
    }

    /// The account that is meant by such an expression, in SQL, whichever export.
    public static String bare(String account) {
        return "CASE WHEN suffix(%1$s, '%2$s') THEN left(%1$s, length(%1$s) - %3$d) ELSE %1$s END"
                .formatted(account, MARK, MARK.length());
    }

    /// An export may come in several files, of which some say nothing: then the others of the same
    /// account and month speak for them, unless these are of both exports.
    private static final String FILES =
            """
            CREATE OR REPLACE TEMP TABLE azure_exports AS
            SELECT *, bool_or(amortized) OVER month AS any_amortized,
              bool_or(amortized) OVER month AND bool_or(committed AND NOT amortized) OVER month
                AS mixed
            FROM (
              SELECT x_source_file, billing_account_id,
                strftime(billing_period_start, '%%Y%%m') AS period,
                bool_or(export_type = 'amortized') AS amortized,
                bool_or(d_commitment IS NOT NULL) AS committed
              FROM %s GROUP BY ALL)
            WINDOW month AS (PARTITION BY billing_account_id, period)
            """;

    private static final String SILENT =
            """
            SELECT x_source_file FROM azure_exports WHERE mixed AND NOT committed
            ORDER BY 1 LIMIT 1
            """;

    private static final String SPREAD =
            """
            UPDATE %s SET export_type = 'amortized' FROM azure_exports e
            WHERE export_type = 'actual' AND e.any_amortized AND (e.amortized OR NOT e.mixed)
              AND e.x_source_file = %1$s.x_source_file
              AND e.billing_account_id = %1$s.billing_account_id
              AND e.period = strftime(%1$s.billing_period_start, '%%Y%%m')
            """;

    /// @throws EngineException INVALID_PARAMETER for a file of which nobody can say which it is
    static void tell(Session staging, String table) throws SQLException {
        staging.execute(FILES.formatted(table));
        List<String> silent = staging.list(SILENT, row -> row.getString(1));
        if (!silent.isEmpty()) {
            throw new EngineException(
                    ErrorCode.INVALID_PARAMETER,
                    "file: %s does not say whether it is of the actual or the amortized export, and"
                                    .formatted(silent.getFirst())
                            + " the other files are of both; load the two exports one after the other.");
        }
        if (staging.one(
                "SELECT coalesce(bool_or(any_amortized), false) FROM azure_exports",
                row -> row.getBoolean(1))) {
            staging.execute(SPREAD.formatted(table));
        }
    }
}
