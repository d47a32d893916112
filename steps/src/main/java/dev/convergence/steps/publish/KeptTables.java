package dev.convergence.steps.publish;

import dev.convergence.steps.duckdb.Session;
import java.sql.SQLException;

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
}
