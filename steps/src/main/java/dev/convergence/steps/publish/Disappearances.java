package dev.convergence.steps.publish;

import dev.convergence.engine.step.QualityCheck;
import dev.convergence.engine.step.QualityCheck.Severity;
import dev.convergence.steps.duckdb.Session;
import dev.convergence.steps.quality.LoadRules;
import java.sql.SQLException;
import java.util.List;

/// Findings that were open in the snapshots that a load replaces, and that it says nothing of:
/// neither still open nor resolved.
final class Disappearances {

    static final String TABLE = "findings";

    private Disappearances() {}

    private static final String OPEN =
            """
            WITH open AS (
              SELECT DISTINCT t.x_provider, t.finding_id FROM tenant.findings t JOIN load_windows w ON %s
              WHERE t.status = 'OPEN')
            SELECT open.finding_id, NOT EXISTS (
              SELECT 1 FROM findings s WHERE s.finding_id = open.finding_id
                AND s.x_provider = open.x_provider)
            FROM open ORDER BY 1
            """;

    private record Finding(String id, boolean gone) {}

    /// Asked before the old rows go.
    static QualityCheck check(Session session, StagedTable table) throws SQLException {
        List<Finding> findings =
                StagedTable.columns(session, "tenant", TABLE).isEmpty()
                        ? List.of()
                        : session.list(
                                OPEN.formatted(Publication.inWindow(table)),
                                row -> new Finding(row.getString(1), row.getBoolean(2)));
        return new LoadCheck(
                        LoadRules.NO_SILENT_LOSS,
                        "completeness",
                        TABLE,
                        Severity.WARNING,
                        "open findings are neither there nor resolved",
                        "each finding that was open, or that it is resolved")
                .result(
                        findings.size(),
                        findings.stream().filter(Finding::gone).map(Finding::id).toList());
    }
}
