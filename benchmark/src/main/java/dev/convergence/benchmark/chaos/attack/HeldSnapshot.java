package dev.convergence.benchmark.chaos.attack;

import dev.convergence.engine.loop.Waiter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/// A reader that never ends its transaction, so that nothing deleted since can be cleaned away; it
/// begins another when PostgreSQL throws it out.
public final class HeldSnapshot implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(500);

    private final String url;
    private final Thread thread =
            Thread.ofPlatform().name("snapshot").daemon().unstarted(this::run);
    private volatile int begun;
    private volatile boolean closed;

    public HeldSnapshot(String url) {
        this.url = url;
    }

    public HeldSnapshot start() {
        thread.start();
        return this;
    }

    /// How many transactions it took: one, and one more for each loss of the server.
    public int begun() {
        return begun;
    }

    private void run() {
        try {
            while (!closed) {
                hold();
                new Waiter().await(LOOK);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void hold() throws InterruptedException {
        try (Connection connection =
                        DriverManager.getConnection(url + "&ApplicationName=chaos-snapshot");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            statement.execute("SELECT count(*) FROM convergence.lane");
            begun++;
            while (!closed) {
                new Waiter().await(LOOK);
                statement.execute("SELECT 1");
            }
        } catch (SQLException thrownOut) {
            // Another one follows.
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        if (thread.isAlive()) {
            thread.join(Duration.ofSeconds(5));
        }
    }
}
