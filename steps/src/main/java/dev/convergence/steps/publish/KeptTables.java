package dev.convergence.steps.publish;

import dev.convergence.steps.duckdb.Session;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/// What publishing keeps beside the tables of loads: the ledger, costs by days, what became of
/// findings.
public final class KeptTables {

    private KeptTables() {}

    /// Makes those that are not there, from what the data set holds.
    ///
    /// @param session in which the data set is called `tenant`
    public static void open(Session session) throws SQLException {
        Publication.openLedger(session);
        new CostDays(session).open();
        FindingHistory.open(session);
    }

    /// The rows of `finding_history` as it will begin, for who reads a data set that was last
    /// loaded before there was one; empty where no table tells of findings.
    ///
    /// @param tables those of the data set
    public static Optional<String> beginningOfFindings(Set<String> tables) {
        return FindingHistory.beginning(tables, "");
    }
}
