package dev.convergence.steps.publish;

import dev.convergence.steps.duckdb.Identifier;
import dev.convergence.steps.duckdb.Session;
import dev.convergence.steps.quality.LeftOut;
import dev.convergence.steps.source.Lineage;
import dev.convergence.steps.source.LoadKey;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A table of the run's staging database that is to be published under the same name.
///
/// @param key which part of the table a row belongs to, and what it costs
/// @param columns SQL types by name
/// @param leftOut the rows of it that are not published
record StagedTable(String name, LoadKey key, Map<String, String> columns, List<LeftOut> leftOut) {

    /// Named before the tenant's file is attached, when the staging database is the only one.
    static StagedTable of(Session staging, String name, LoadKey key) throws SQLException {
        String catalog = staging.one("SELECT current_database()", row -> row.getString(1));
        return new StagedTable(
                name, key, columns(staging, catalog, name), LeftOut.of(staging, name));
    }

    /// The rows that are published, as a FROM clause takes them.
    String rows() {
        return leftOut.isEmpty()
                ? name
                : "(SELECT * FROM %s WHERE NOT (%s))".formatted(name, LeftOut.any(leftOut));
    }

    private static final String COLUMNS =
            """
            SELECT column_name, data_type
            FROM duckdb_columns()
            WHERE database_name = ? AND schema_name = 'main' AND table_name = ?
            ORDER BY column_index
            """;

    /// The columns of a table in the order it has them; none when there is no such table.
    static Map<String, String> columns(Session session, String catalog, String table)
            throws SQLException {
        Map<String, String> columns = new LinkedHashMap<>();
        session.list(
                COLUMNS, row -> columns.put(row.getString(1), row.getString(2)), catalog, table);
        return columns;
    }

    /// A sum over rows `t` that knows neither their order nor where and when they were loaded, so
    /// that the same bill has the same one.
    String checksum() {
        String values =
                columns.keySet().stream()
                        .filter(column -> !Lineage.CHANGES_WITH_EACH_LOAD.contains(column))
                        .sorted()
                        .map(column -> "t." + Identifier.quoted(column))
                        .collect(Collectors.joining(", "));
        return "sum(hash(" + values + "))";
    }

    private static final String TOTALS =
            "SELECT source_rows, source_cost FROM load_source_totals WHERE table_name = ?";

    private static final String FIGURES = "SELECT count(*), %s FROM %s";

    /// What must be the same when it has arrived: what the source holds, which the steps before
    /// have found in the staged rows, or those of them that are published.
    Figures staged(Session session) throws SQLException {
        return leftOut.isEmpty()
                ? session.one(TOTALS, StagedTable::figures, name)
                : session.one(FIGURES.formatted(key.costSum(), rows()), StagedTable::figures);
    }

    private static Figures figures(ResultSet row) throws SQLException {
        return new Figures(row.getLong(1), row.getBigDecimal(2));
    }

    /// Rows, and what they cost.
    record Figures(long rows, BigDecimal cost) {}
}
