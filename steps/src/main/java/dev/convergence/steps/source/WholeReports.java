package dev.convergence.steps.source;

import dev.convergence.engine.step.DateWindow;
import dev.convergence.steps.duckdb.Session;
import java.sql.SQLException;
import java.util.List;

/// Reports that were asked for some days of an organisation: days of which a report has no line any
/// more have none. Why: docs/decisions/0102-an-empty-report-replaces-too.md
///
/// @param suffixes what stands behind the organisation in the account of each report
record WholeReports(List<String> suffixes) {

    static final WholeReports NONE = new WholeReports(List.of());

    private static final String WINDOWS =
            """
            INSERT INTO load_windows
            SELECT table_name, provider, account, NULL, first_day, last_day
            FROM (SELECT DISTINCT ? AS table_name, ? AS provider, organization || suffix AS account,
                ?::DATE AS first_day, ?::DATE AS last_day
              FROM (SELECT organization_id AS organization FROM %1$s_source UNION SELECT ?),
                (SELECT unnest([%2$s]) AS suffix)) asked
            WHERE NOT EXISTS (FROM load_windows w
              WHERE w.table_name = asked.table_name AND w.account = asked.account)
            """;

    /// Adds windows for every report of the organisations in the files, and of the one that was
    /// asked.
    void replace(
            Session staging, String table, String provider, String organization, DateWindow days)
            throws SQLException {
        if (suffixes.isEmpty()) {
            return;
        }
        String list = String.join(", ", suffixes.stream().map(Cells::literal).toList());
        staging.execute(
                WINDOWS.formatted(table, list),
                table,
                provider,
                days.start().toString(),
                days.end().toString(),
                organization);
    }
}
