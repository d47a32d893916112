package dev.convergence.steps.quality;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/// How many rows the run's sources held and what they bill together.
record SourceTotals(long rows, BigDecimal cost) {

    private static final String IS_THERE =
            "SELECT count(*) FROM information_schema.tables WHERE table_name = 'load_source_totals'";

    /// Empty when no step left any totals: then nothing can be reconciled.
    static Optional<SourceTotals> read(Connection connection, String table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(IS_THERE);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1) == 0 ? Optional.empty() : Optional.of(sum(connection, table));
        }
    }

    /// The totals of the table itself where it is a raw one; a table made from all raw ones has
    /// none of its own and answers for all of them.
    private static final String SUM =
            """
            WITH own AS (SELECT * FROM load_source_totals WHERE table_name = ?),
                 answers_for AS (
                   SELECT source_rows, source_cost FROM own
                   UNION ALL
                   SELECT source_rows, source_cost FROM load_source_totals
                   WHERE NOT EXISTS (SELECT 1 FROM own))
            SELECT CAST(coalesce(sum(source_rows), 0) AS BIGINT), coalesce(sum(source_cost), 0)
            FROM answers_for
            """;

    private static SourceTotals sum(Connection connection, String table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SUM)) {
            statement.setString(1, table);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new SourceTotals(row.getLong(1), row.getBigDecimal(2));
            }
        }
    }
}
