package dev.convergence.engine.sql;

import java.sql.SQLException;
import java.util.Set;

/// Failures that speak of the data rather than of the server: trying them again cannot help, and
/// nothing of their transaction is committed.
public final class FaultOfData {

    /// Classes of SQLSTATE: <https://www.postgresql.org/docs/18/errcodes-appendix.html>.
    private static final Set<String> CLASSES = Set.of("21", "22", "23", "42");

    private FaultOfData() {}

    public static boolean isIn(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return CLASSES.contains(sql.getSQLState().substring(0, 2));
            }
        }
        return false;
    }
}
