package dev.convergence.benchmark.engine.contestant;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.convergence.benchmark.engine.server.Facts;
import dev.convergence.benchmark.engine.server.WallClock;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// A contestant that runs on the JVM, in this process.
abstract sealed class InProcess implements Contestant
        permits Convergence, Raw, DbScheduler, JobRunr, Quartz {

    static final int ENQUEUE_BATCH = 10_000;
    static final int ENQUEUE_THREADS = 2;
    static final int SINGLY_CONNECTIONS = 9;

    /// Before schedules come due: time to settle, and for workers to start.
    private static final Duration LEAD = Duration.ofSeconds(15);

    /// So long before that the workers start, as nodes do that wait for the night.
    private static final Duration RUN_UP = Duration.ofSeconds(5);

    static final int SCHEDULES_PER_SECOND = 400;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(1);

    final String url;
    final String schema;

    /// When the schedules come due that were made last.
    Instant due = Instant.EPOCH;

    InProcess(String url, String schema) {
        this.url = url;
        this.schema = schema;
    }

    /// Puts jobs in, in one transaction.
    abstract void enqueueAll(List<Payload> jobs) throws Exception;

    abstract void enqueueOne(Payload job) throws Exception;

    /// Starts workers that do this work with each job.
    abstract Workers start(Work work) throws Exception;

    @Override
    public Duration enqueue(int jobs) throws Exception {
        return slices(jobs, this::enqueueAll);
    }

    interface Bulk {
        void put(List<Payload> jobs) throws Exception;
    }

    static Duration slices(int jobs, Bulk bulk) throws Exception {
        AtomicInteger next = new AtomicInteger();
        return together(
                ENQUEUE_THREADS,
                () -> {
                    for (int from = next.getAndAdd(ENQUEUE_BATCH);
                            from < jobs;
                            from = next.getAndAdd(ENQUEUE_BATCH)) {
                        int to = Math.min(jobs, from + ENQUEUE_BATCH);
                        bulk.put(IntStream.range(from, to).mapToObj(Payload::of).toList());
                    }
                });
    }

    @Override
    public Duration enqueueSingly(int jobs, int threads) throws Exception {
        AtomicInteger next = new AtomicInteger();
        return together(
                threads,
                () -> {
                    for (int i = next.getAndIncrement(); i < jobs; i = next.getAndIncrement()) {
                        enqueueOne(Payload.of(i));
                    }
                });
    }

    @Override
    public Drain drain(int jobs) throws Exception {
        Tally tally = new Tally(jobs);
        long began = System.nanoTime();
        try (Workers workers = start(tally)) {
            return untilSettled(tally, workers, jobs, began);
        }
    }

    /// Waits until every job has run and its end is written down; what takes too long is missing.
    static Drain untilSettled(Tally tally, Workers workers, int jobs, long began) throws Exception {
        long deadline = began + PATIENCE.toNanos();
        boolean complete = tally.await(PATIENCE);
        while (complete && !workers.isSettled(jobs)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("All jobs ran, but their ends were not written.");
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        return new Drain(Duration.ofNanos(System.nanoTime() - began), tally.count());
    }

    /// When schedules can come due that take so long to store.
    static Instant afterStoring(Duration storing) {
        return WallClock.instant().plus(storing).plus(LEAD).truncatedTo(ChronoUnit.MILLIS);
    }

    /// Starts workers that also fire schedules.
    Workers startFiring(Work work) throws Exception {
        return start(work);
    }

    @Override
    public Drain fire(int count) throws Exception {
        waitUntil(due.minus(RUN_UP));
        Tally tally = new Tally(count);
        try (Workers workers = startFiring(tally)) {
            if (WallClock.instant().isAfter(due)) {
                throw new IllegalStateException(
                        "The schedules came due before the workers were up.");
            }
            waitUntil(due);
            return untilSettled(tally, workers, count, System.nanoTime());
        }
    }

    private static void waitUntil(Instant instant) {
        while (WallClock.instant().isBefore(instant)) {
            LockSupport.parkUntil(instant.toEpochMilli());
        }
    }

    @Override
    public Latencies pickup(Arrivals arrivals) throws Exception {
        return pickup(arrivals, work -> work);
    }

    /// @param beside what else the workers do, around the work that is timed
    Latencies pickup(Arrivals arrivals, UnaryOperator<Work> beside) throws Exception {
        Tally tally = new Tally(arrivals.jobs());
        Stopwatch stopwatch = new Stopwatch(tally);
        try (Workers workers = start(beside.apply(stopwatch));
                Feeder feeder = Feeder.start(this, arrivals)) {
            feeder.await();
            untilSettled(tally, workers, arrivals.jobs(), System.nanoTime());
        }
        return Latencies.of(stopwatch.micros(), tally.count());
    }

    @Override
    public void drop() throws Exception {
        dropSchema();
    }

    /// Work that several threads do at once, and how long until the last of them was through.
    static Duration together(int threads, Task task) throws Exception {
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            Callable<Void> once =
                    () -> {
                        task.run();
                        return null;
                    };
            List<Future<Void>> all = new ArrayList<>();
            long began = System.nanoTime();
            for (int i = 0; i < threads; i++) {
                all.add(executor.submit(once));
            }
            for (Future<Void> each : all) {
                each.get();
            }
            return Duration.ofNanos(System.nanoTime() - began);
        }
    }

    interface Task {
        void run() throws Exception;
    }

    HikariDataSource pool(int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url + (url.contains("?") ? "&" : "?") + "currentSchema=" + schema);
        config.setMaximumPoolSize(connections);
        return new HikariDataSource(config);
    }

    static long count(HikariDataSource pool, String sql) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return Facts.number(connection, sql);
        }
    }

    void freshSchema() throws SQLException {
        dropSchema();
        execute("CREATE SCHEMA " + schema);
    }

    void dropSchema() throws SQLException {
        execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
