package dev.convergence.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.PGStatement;

/// Asks all that must hold at any moment in one statement, planned once: so often as after every
/// few steps of a walk.
final class Auditor implements AutoCloseable {

    private static final String EVER = "'00000000-0000-0000-0000-000000000000'::uuid";

    private static final String ALL =
            Stream.of(Invariant.values())
                    .filter(invariant -> invariant.kind() != Kind.CLOCK)
                    .map(Auditor::one)
                    .collect(
                            Collectors.joining(
                                    "\nUNION ALL\n",
                                    "",
                                    "\nUNION ALL (SELECT seen FROM witness LIMIT 5)"));

    private final Connection connection;
    private final PreparedStatement all;

    /// @param connection closed with this
    Auditor(Connection connection) throws SQLException {
        this.connection = connection;
        all = connection.prepareStatement(ALL);
        all.unwrap(PGStatement.class).setPrepareThreshold(1);
    }

    private static String one(Invariant invariant) {
        return "(SELECT '%s %s: ' || broken FROM ("
                        .formatted(invariant.number(), invariant.sentence().replace("'", "''"))
                + invariant.query().replace(":since", EVER)
                + ") AS rows (broken) LIMIT 5)";
    }

    List<String> violations() {
        try (ResultSet rows = all.executeQuery()) {
            List<String> violations = new ArrayList<>();
            while (rows.next()) {
                violations.add(rows.getString(1));
            }
            return violations;
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            all.close();
        }
    }
}
