package dev.convergence.benchmark.chaos.attack;

import dev.convergence.benchmark.chaos.node.ChaosNode;
import dev.convergence.engine.loop.Waiter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/// Attacks on the engine's way to the database.
final class Connections {

    private static final Duration BETWEEN_BURSTS = Duration.ofMillis(150);

    private final Jdbi jdbi;
    private final String url;

    Connections(Jdbi jdbi, String url) {
        this.jdbi = jdbi;
        this.url = url;
    }

    private static final String TERMINATE =
            """
            SELECT count(pg_terminate_backend(pid))
            FROM pg_stat_activity WHERE starts_with(application_name, :name)
            """;

    /// @return how many were cut off
    int terminate(Duration howLong) throws InterruptedException {
        long end = System.nanoTime() + howLong.toNanos();
        int cut = 0;
        while (System.nanoTime() < end) {
            cut += terminate();
            new Waiter().await(BETWEEN_BURSTS);
        }
        return cut;
    }

    private int terminate() {
        return jdbi.withHandle(handle ->
                handle.createQuery(TERMINATE)
                        .bind("name", ChaosNode.ENGINE_CONNECTIONS)
                        .mapTo(int.class)
                        .one());
    }

    /// Takes every connection that the server has, while it cuts off the engine's.
    ///
    /// @return how many it held at the end
    int occupy(Duration howLong) throws InterruptedException {
        long end = System.nanoTime() + howLong.toNanos();
        List<Connection> held = new ArrayList<>();
        try {
            terminate();
            while (System.nanoTime() < end) {
                if (!take(held)) {
                    new Waiter().await(Duration.ofMillis(20));
                }
            }
            return held.size();
        } finally {
            held.forEach(Connections::close);
        }
    }

    private boolean take(List<Connection> held) {
        try {
            held.add(DriverManager.getConnection(url + "&ApplicationName=chaos-hoarder"));
            return true;
        } catch (SQLException full) {
            return false;
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException gone) {
            // It was to be closed; it is.
        }
    }
}
