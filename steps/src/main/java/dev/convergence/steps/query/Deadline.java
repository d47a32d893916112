package dev.convergence.steps.query;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// The end of a query's time: cancels the statement that runs then.
final class Deadline implements AutoCloseable {

    private final long atNanos;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

    Deadline(long millis) {
        this.atNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    boolean passed() {
        return System.nanoTime() >= atNanos;
    }

    void cancels(Statement statement) {
        timer.schedule(
                () -> cancel(statement),
                Math.max(0, atNanos - System.nanoTime()),
                TimeUnit.NANOSECONDS);
    }

    private static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException closedMeanwhile) {
            // The query ended by itself at the same moment.
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
