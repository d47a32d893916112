package dev.convergence.steps.publish;

import dev.convergence.engine.step.QualityCheck;
import dev.convergence.engine.step.QualityCheck.Severity;
import dev.convergence.steps.duckdb.Session;
import dev.convergence.steps.focus.FocusTable;
import dev.convergence.steps.quality.LoadRules;
import dev.convergence.steps.source.AzureExports;
import java.sql.SQLException;
import java.util.List;

/// The actual and the amortized export of Azure, side by side in one FOCUS table without a charge
/// that counts twice. Where both have charges of a category on a day, the amortized lines are the
/// charges, and of the actual ones only the purchases of commitments, which no amortized export
/// has; the others wait in `focus_set_aside` until those amortized lines are gone. Why:
/// docs/decisions/0078-azure-exports-side-by-side.md
final class ExportPairs {

    private static final String ASIDE = "focus_set_aside";

    private final Session session;
    private final StagedTable table;

    ExportPairs(Session session, StagedTable table) {
        this.session = session;
        this.table = table;
    }

    private static final String OF_AZURE =
            "SELECT count(*) > 0 FROM load_windows WHERE table_name = ? AND x_provider = 'azure'";

    private boolean isOfAzure() throws SQLException {
        return table.name().equals(FocusTable.NAME)
                && session.one(OF_AZURE, row -> row.getBoolean(1), table.name());
    }

    private boolean hasAside() throws SQLException {
        return !StagedTable.columns(session, "tenant", ASIDE).isEmpty();
    }

    /// True, in SQL, for a row `t` in a window of the load, whichever export the load is of.
    private String inWindow() {
        return """
        t.x_provider = 'azure' AND EXISTS (
          SELECT 1 FROM load_windows w
          WHERE w.table_name = '%s' AND w.x_provider = 'azure'
            AND (%s) = t.BillingAccountId
            AND (w.period = (%s)
              OR (w.period IS NULL AND (%s) BETWEEN w.first_day AND w.last_day)))
        """
                .formatted(
                        FocusTable.NAME,
                        AzureExports.bare("w.account"),
                        table.key().period(),
                        table.key().day());
    }

    /// Before the load's rows replace those of their kind.
    void bringBack() throws SQLException {
        if (isOfAzure() && hasAside()) {
            move(ASIDE, FocusTable.NAME, inWindow());
        }
    }

    private static final String HIDDEN =
            """
            x_ExportType IS DISTINCT FROM 'amortized'
              AND (ChargeCategory = 'Purchase' AND PricingCategory = 'Committed') IS NOT TRUE
              AND EXISTS (
                SELECT 1 FROM tenant.focus_cost_usage a
                WHERE a.x_provider = 'azure' AND a.x_ExportType = 'amortized'
                  AND a.BillingAccountId = t.BillingAccountId
                  AND a.BillingPeriodStart = t.BillingPeriodStart
                  AND a.ChargePeriodStart::DATE = t.ChargePeriodStart::DATE
                  AND a.ChargeCategory = t.ChargeCategory)
            """;

    private static final String ANY_AMORTIZED =
            """
            SELECT count(*) > 0 FROM tenant.focus_cost_usage
            WHERE x_provider = 'azure' AND x_ExportType = 'amortized'
            """;

    /// When they have.
    void setAside() throws SQLException {
        if (isOfAzure() && session.one(ANY_AMORTIZED, row -> row.getBoolean(1))) {
            SchemaDrift.settle(
                    session, new StagedTable(ASIDE, table.key(), table.columns(), List.of()));
            move(FocusTable.NAME, ASIDE, inWindow() + " AND " + HIDDEN);
        }
    }

    private void move(String from, String to, String which) throws SQLException {
        session.execute(
                "INSERT INTO tenant.%s BY NAME SELECT * FROM tenant.%s t WHERE %s"
                        .formatted(to, from, which));
        session.execute("DELETE FROM tenant.%s t WHERE %s".formatted(from, which));
    }

    /// Of the days that both exports have.
    private static final String AGREEMENT =
            """
            WITH hidden AS (
              SELECT BillingAccountId, BillingPeriodStart, sum(BilledCost) AS billed
              FROM tenant.focus_set_aside t WHERE %1$s GROUP BY ALL),
            shown AS (
              SELECT BillingAccountId, BillingPeriodStart, sum(BilledCost) AS billed
              FROM tenant.focus_cost_usage t
              WHERE x_ExportType = 'amortized' AND %1$s AND EXISTS (
                SELECT 1 FROM tenant.focus_set_aside h
                WHERE h.BillingAccountId = t.BillingAccountId
                  AND h.BillingPeriodStart = t.BillingPeriodStart
                  AND h.ChargePeriodStart::DATE = t.ChargePeriodStart::DATE
                  AND h.ChargeCategory = t.ChargeCategory)
              GROUP BY ALL)
            SELECT concat_ws(' ', BillingAccountId, strftime(BillingPeriodStart, '%%Y%%m')),
              hidden.billed IS DISTINCT FROM shown.billed
            FROM hidden LEFT JOIN shown USING (BillingAccountId, BillingPeriodStart)
            ORDER BY 1
            """;

    private record Month(String name, boolean differs) {}

    /// The two exports bill the same, but for commitments: else one of them is the older.
    List<QualityCheck> checks() throws SQLException {
        if (!isOfAzure() || !hasAside()) {
            return List.of();
        }
        List<Month> months =
                session.list(
                        AGREEMENT.formatted(inWindow()),
                        row -> new Month(row.getString(1), row.getBoolean(2)));
        return List.of(
                new LoadCheck(
                                LoadRules.EXPORTS_AGREE,
                                "reconciliation",
                                FocusTable.NAME,
                                Severity.WARNING,
                                "months are billed otherwise by the actual and the amortized export",
                                "the same bill in both exports, but for commitments")
                        .result(
                                months.size(),
                                months.stream().filter(Month::differs).map(Month::name).toList()));
    }
}
