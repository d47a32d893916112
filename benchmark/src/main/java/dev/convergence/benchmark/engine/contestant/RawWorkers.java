package dev.convergence.benchmark.engine.contestant;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.PGConnection;

/// A few threads, each with a connection: claim a batch, do it, write its end; when there is
/// nothing, wait to be woken or for a second. One notification wakes one of them, a full batch one
/// more.
final class RawWorkers implements Workers {

    private static final int POLL_MILLIS = 1000;
    private static final Duration TICK = Duration.ofSeconds(1);

    private final HikariDataSource pool;
    private final Work work;
    private final Semaphore wakes = new Semaphore(Raw.CONNECTIONS);
    private final AtomicInteger settled = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    RawWorkers(HikariDataSource pool, Work work) {
        this.pool = pool;
        this.work = work;
        threads.add(Thread.ofPlatform().name("raw-listener").start(this::listen));
        threads.add(Thread.ofPlatform().name("raw-scheduler").start(this::fire));
        for (int i = 0; i < Raw.CONNECTIONS; i++) {
            threads.add(Thread.ofPlatform().name("raw-worker-" + i).start(this::run));
        }
    }

    @Override
    public boolean isSettled(int jobs) {
        return settled.get() >= jobs;
    }

    private void listen() {
        try (Connection connection = pool.getConnection();
                Statement listen = connection.createStatement()) {
            listen.execute("LISTEN raw_ready");
            PGConnection notifications = connection.unwrap(PGConnection.class);
            while (!closed) {
                notifications.getNotifications(POLL_MILLIS);
                wakes.release();
            }
            listen.execute("UNLISTEN *");
        } catch (SQLException e) {
            throw new IllegalStateException("The raw listener is broken", e);
        }
    }

    private void fire() {
        try (Connection connection = pool.getConnection();
                RawFire fire = new RawFire(connection)) {
            while (!closed) {
                if (fire.batch() > 0) {
                    wakes.release();
                } else {
                    LockSupport.parkNanos(fire.nanosToNext(TICK.toNanos()));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The raw scheduler is broken", e);
        }
    }

    private void run() {
        try (Connection connection = pool.getConnection();
                RawBatch batch = new RawBatch(connection)) {
            while (!closed) {
                if (wakes.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                    work(batch);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("A raw worker is broken", e);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(RawBatch batch) throws SQLException {
        int done = batch.run(work, wakes::release);
        while (done > 0) {
            settled.addAndGet(done);
            done = batch.run(work, wakes::release);
        }
    }

    @Override
    public void close() throws Exception {
        closed = true;
        try (Connection connection = pool.getConnection();
                Statement wake = connection.createStatement()) {
            wake.execute("NOTIFY raw_ready");
        }
        wakes.release(Raw.CONNECTIONS);
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
            thread.join();
        }
        pool.close();
    }
}
