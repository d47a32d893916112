package dev.convergence.service.database;

import dev.convergence.service.config.DatabaseAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/// One row that tells whether the data is still there.
final class Rows {

    private Rows() {}

    static void write(DatabaseAddress address, String word) throws SQLException {
        try (Connection connection = connect(address);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE word AS SELECT '" + word + "' AS word");
        }
    }

    static String read(DatabaseAddress address) throws SQLException {
        try (Connection connection = connect(address);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT word FROM word")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection connect(DatabaseAddress address) throws SQLException {
        return DriverManager.getConnection(
                address.jdbcUrl(),
                address.user(),
                Objects.requireNonNull(address.password()).reveal());
    }
}
