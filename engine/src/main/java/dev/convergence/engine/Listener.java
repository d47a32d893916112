package dev.convergence.engine;

import dev.convergence.engine.loop.Duty;
import dev.convergence.engine.queue.Bell;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/// Hears other nodes' rings on a connection of its own; opens another when that one breaks.
final class Listener implements Duty, AutoCloseable {

    private static final int WAIT_MILLIS = 2_000;

    private final DataSource source;
    private final Bell bell;
    private @Nullable Connection connection;

    Listener(DataSource source, Bell bell) {
        this.source = source;
        this.bell = bell;
    }

    @Override
    public boolean runOnce(Instant now) {
        try {
            if (connection().unwrap(PGConnection.class).getNotifications(WAIT_MILLIS).length > 0) {
                bell.heard();
            }
            return true;
        } catch (SQLException broken) {
            close();
            throw new IllegalStateException("The listening connection broke", broken);
        }
    }

    private Connection connection() throws SQLException {
        Connection present = connection;
        if (present == null) {
            present = source.getConnection();
            try (Statement statement = present.createStatement()) {
                statement.execute("LISTEN " + Bell.CHANNEL);
            }
            connection = present;
        }
        return present;
    }

    @Override
    public void close() {
        Connection present = connection;
        connection = null;
        if (present != null) {
            try {
                present.close();
            } catch (SQLException gone) {
                // It was to be closed; it is.
            }
        }
    }
}
