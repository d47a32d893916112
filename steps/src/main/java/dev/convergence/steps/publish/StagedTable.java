package dev.convergence.steps.publish;

import dev.convergence.steps.duckdb.Identifier;
import dev.convergence.steps.duckdb.Session;
import dev.convergence.steps.source.Lineage;
import dev.convergence.steps.source.LoadKey;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// A table of the run's staging database that is to be published under the same name.
///
/// @param key which part of the table a row belongs to, and what it costs
/// @param columns SQL types by name
record StagedTable(String name, LoadKey key, Map<String, String> columns) {

    /// Named before the tenant's file is attached, when the staging database is the only one.
    static StagedTable of(Session staging, String name, LoadKey key) throws SQLException {
        String catalog = staging.one("SELECT current_database()", row -> row.getString(1));
        return new StagedTable(name, key, columns(staging, catalog, name));
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

    /// A sum over rows that knows neither their order nor where and when they were loaded, so that
    /// the same bill has the same one.
    String checksum() {
        return "coalesce(sum(%s), 0)::VARCHAR".formatted(rowChecksum());
    }

    /// The same for the rows of a join's optional side: only where there is a row.
    String checksumWhereJoined() {
        return "coalesce(sum(%s) FILTER (WHERE x_run_id IS NOT NULL), 0)::VARCHAR"
                .formatted(rowChecksum());
    }

    private String rowChecksum() {
        String values =
                columns.keySet().stream()
                        .filter(column -> !Lineage.CHANGES_WITH_EACH_LOAD.contains(column))
                        .sorted()
                        .map(column -> "t." + Identifier.quoted(column))
                        .collect(Collectors.joining(", "));
        return "md5_number_lower(row(" + values + ")::VARCHAR)";
    }

    private static final String FIGURES = "SELECT count(*), %s, %s FROM %s";

    Figures staged(Session session) throws SQLException {
        return figures(session, name + " t");
    }

    /// The same figures of what this run has inserted into the tenant's table.
    Figures inserted(Session session, String run) throws SQLException {
        return figures(session, "tenant." + name + " t WHERE x_run_id = ?", run);
    }

    private Figures figures(Session session, String from, Object... values) throws SQLException {
        return session.one(
                FIGURES.formatted(key.costSum(), checksum(), from),
                row -> new Figures(row.getLong(1), row.getBigDecimal(2), row.getString(3)),
                values);
    }

    /// What must be the same before and after an insert.
    record Figures(long rows, BigDecimal cost, String checksum) {}
}
