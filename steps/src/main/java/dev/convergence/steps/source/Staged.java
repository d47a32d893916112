package dev.convergence.steps.source;

import dev.convergence.engine.step.DateWindow;
import dev.convergence.steps.duckdb.Session;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What an extract leaves for the steps behind it: the raw table, the windows that the load
/// replaces, and the totals of the source.
final class Staged {

    private final Session staging;
    private final Format format;
    private final String table;

    Staged(Session staging, Target target) {
        this.staging = staging;
        this.format = target.format();
        this.table = target.table();
    }

    /// Puts into the lines what only all of them tell.
    void settle() throws SQLException {
        format.settled().on(staging, table + "_source");
    }

    private static final String COUNT =
            """
            SELECT count(*), %s FROM %s
            """;

    /// The rows of the table and the sum of their cost.
    Totals count() throws SQLException {
        return staging.one(
                COUNT.formatted(format.key().costSum(), table + "_source"),
                row -> new Totals(row.getLong(1), row.getBigDecimal(2)));
    }

    private static final String CREATE_WINDOWS =
            """
            CREATE TABLE IF NOT EXISTS load_windows (
              table_name VARCHAR NOT NULL,
              x_provider VARCHAR NOT NULL,
              account VARCHAR,
              period VARCHAR,             -- YYYYMM; null: the days decide
              first_day DATE,
              last_day DATE)
            """;

    private static final String PERIOD_WINDOWS =
            """
            INSERT INTO load_windows
            SELECT DISTINCT ?, x_provider, %s, %s, NULL::DATE, NULL::DATE FROM %s_source
            """;

    private static final String FOUND_DAYS =
            """
            INSERT INTO load_windows
            SELECT DISTINCT ?, x_provider, %1$s, NULL, %2$s, %2$s FROM %3$s_source
            """;

    /// The load replaces the billing periods that are in the files, for the accounts in them; of a
    /// report of days, the days.
    void replacePeriods() throws SQLException {
        LoadKey key = format.key();
        staging.execute(CREATE_WINDOWS);
        staging.execute(
                key.period() == null
                        ? FOUND_DAYS.formatted(key.account(), key.day(), table)
                        : PERIOD_WINDOWS.formatted(key.account(), key.period(), table),
                table);
    }

    private static final String DAY_WINDOWS =
            """
            INSERT INTO load_windows
            SELECT DISTINCT ?, x_provider, %s, NULL, ?::DATE, ?::DATE FROM %s_source
            """;

    private static final String DROP_OTHER_DAYS =
            """
            DELETE FROM %s_source WHERE (%s BETWEEN ?::DATE AND ?::DATE) IS NOT TRUE
            """;

    /// The load replaces the asked days, for the accounts in the files; rows of other days are left
    /// out.
    ///
    /// @return how many were left out
    long replaceDays(DateWindow days) throws SQLException {
        String first = days.start().toString();
        String last = days.end().toString();
        staging.execute(CREATE_WINDOWS);
        staging.execute(DAY_WINDOWS.formatted(format.key().account(), table), table, first, last);
        return staging.execute(DROP_OTHER_DAYS.formatted(table, format.key().day()), first, last);
    }

    private static final String RAW =
            """
            CREATE OR REPLACE VIEW %s AS %s
            """;

    /// The raw table as it will be published: without the columns that only conversions read. A
    /// view, for what is staged is written once.
    void raw() throws SQLException {
        String published =
                Stream.concat(format.columns().stream(), Lineage.COLUMNS.stream())
                        .filter(column -> !column.detail())
                        .map(column -> '"' + column.name() + '"')
                        .collect(Collectors.joining(", "));
        String select = "SELECT " + published + " FROM " + table + "_source";
        staging.execute(RAW.formatted(table, format.refined().apply(select)));
    }

    private static final List<String> TOTALS =
            List.of(
                    """
                    CREATE TABLE IF NOT EXISTS load_source_totals (
                      table_name VARCHAR, source_rows BIGINT, source_cost DECIMAL(38,20))
                    """,
                    "DELETE FROM load_source_totals WHERE table_name = ?",
                    "INSERT INTO load_source_totals VALUES (?, ?, ?)");

    /// What the source holds for the window: the quality step reconciles against it.
    void totals(Totals totals) throws SQLException {
        staging.execute(TOTALS.get(0));
        staging.execute(TOTALS.get(1), table);
        staging.execute(TOTALS.get(2), table, totals.rows(), totals.cost());
    }

    void remember() throws SQLException {
        StagedFormats.remember(staging, table, format.name());
    }

    /// Rows, and what they cost.
    record Totals(long rows, BigDecimal cost) {

        static final Totals NONE = new Totals(0, BigDecimal.ZERO);

        boolean same(Totals other) {
            return rows == other.rows && cost.compareTo(other.cost) == 0;
        }
    }
}
