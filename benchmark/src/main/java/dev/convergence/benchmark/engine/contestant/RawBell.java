package dev.convergence.benchmark.engine.contestant;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/// Sends one NOTIFY for all rings since the last one, from a connection of its own: a notification
/// in each commit would cost three quarters of the commits.
final class RawBell implements AutoCloseable {

    private static final Duration REST = Duration.ofMillis(2);

    private final Semaphore rung = new Semaphore(0);
    private final HikariDataSource pool;
    private final Thread thread;

    RawBell(HikariDataSource pool) {
        this.pool = pool;
        thread = Thread.ofPlatform().daemon().name("raw-bell").start(this::send);
    }

    void ring() {
        if (rung.availablePermits() == 0) {
            rung.release();
        }
    }

    private void send() {
        try (Connection connection = pool.getConnection();
                Statement notify = connection.createStatement()) {
            while (true) {
                rung.acquire();
                rung.drainPermits();
                notify.execute("NOTIFY raw_ready");
                LockSupport.parkNanos(REST.toNanos());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            throw new IllegalStateException("The raw bell is broken", e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
