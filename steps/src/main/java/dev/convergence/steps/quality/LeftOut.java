package dev.convergence.steps.quality;

import dev.convergence.steps.duckdb.Session;
import java.sql.SQLException;
import java.util.List;

/// Rows of a staged table that are not published because they break a rule: which they are is kept
/// as a condition in the staging database, so that nothing is copied or deleted there.
///
/// @param condition true, in SQL, for a row that is left out
public record LeftOut(String table, String rule, String column, String reason, String condition) {

    /// One for each table: tables of a run are checked at the same time.
    private static final String CREATE =
            """
            CREATE TABLE IF NOT EXISTS load_left_out_%s (
              rule VARCHAR, column_name VARCHAR, reason VARCHAR, condition VARCHAR)
            """;

    private static final String INSERT = "INSERT INTO load_left_out_%s VALUES (?, ?, ?, ?)";

    void remember(Session staging) throws SQLException {
        staging.execute(CREATE.formatted(table));
        staging.execute(INSERT.formatted(table), rule, column, reason, condition);
    }

    private static final String OF_TABLE =
            "SELECT rule, column_name, reason, condition FROM load_left_out_%s ORDER BY rowid";

    /// What the checks of a run have left out of a table.
    public static List<LeftOut> of(Session staging, String table) throws SQLException {
        staging.execute(CREATE.formatted(table));
        return staging.list(
                OF_TABLE.formatted(table),
                row ->
                        new LeftOut(
                                table,
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4)));
    }

    /// True, in SQL, for a row that is left out for any of these reasons.
    public static String any(List<LeftOut> all) {
        return all.isEmpty()
                ? "false"
                : String.join(
                        " OR ",
                        all.stream().map(one -> "(" + one.condition + ") IS TRUE").toList());
    }
}
