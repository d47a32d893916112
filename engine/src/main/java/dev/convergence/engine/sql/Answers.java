package dev.convergence.engine.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/// The answers to several statements that were sent in one trip.
public final class Answers {

    private Answers() {}

    /// Reads an answer's rows; they are closed afterwards.
    @FunctionalInterface
    public interface Rows<T> {
        T read(ResultSet rows) throws SQLException;
    }

    /// @param skipped how many answers come before the one that is wanted
    public static <T> T after(int skipped, PreparedStatement answered, Rows<T> rows)
            throws SQLException {
        for (int answer = 0; answer < skipped; answer++) {
            answered.getMoreResults();
        }
        try (ResultSet found = answered.getResultSet()) {
            return rows.read(found);
        }
    }
}
