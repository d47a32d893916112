package dev.convergence.benchmark.engine.line;

import dev.convergence.benchmark.engine.contestant.Convergence;
import dev.convergence.benchmark.engine.server.Facts;
import dev.convergence.benchmark.engine.server.Server;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Work that goes on while somebody holds an old snapshot, so that nothing dead can be removed.
///
/// Jobs are put in as fast as they are done, with some thousands waiting at any time, both with the
/// snapshot and without it.
final class SnapshotLine {

    private static final int DEPTH = 40_000;
    private static final int SLICE = 10_000;
    private static final Duration WARM = Duration.ofSeconds(5);
    private static final int WINDOWS = 4;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(1);

    private final Server server;
    private final Plan plan;
    private final Convergence engine;

    SnapshotLine(Server server, Plan plan, Convergence engine) {
        this.server = server;
        this.plan = plan;
        this.engine = engine;
    }

    Figure measure() throws Exception {
        List<Double> free = flow(false);
        List<Double> held = flow(true);
        List<String> faults = new ArrayList<>(engine.unbalanced());
        return Figure.of(
                        "work under a snapshot held for %d s"
                                .formatted(plan.snapshot().toSeconds()),
                        engine.name(),
                        Unit.PERCENT_OF_RATE,
                        List.of(100 * average(held) / average(free)))
                .faults(faults)
                .notes(
                        List.of(
                                "jobs/s in quarters of the time, undisturbed: " + words(free),
                                "jobs/s in quarters of the time, held: " + words(held)));
    }

    private static double average(List<Double> rates) {
        return rates.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    private static String words(List<Double> rates) {
        return String.join(
                ", ", rates.stream().map(r -> String.format(Locale.ROOT, "%,.0f", r)).toList());
    }

    /// The rate in each window of the time.
    private List<Double> flow(boolean isHeld) throws Exception {
        engine.prepare();
        server.settle();
        AtomicInteger put = new AtomicInteger();
        try (Convergence.Node node = engine.run(_ -> {});
                ExecutorService executor = Executors.newSingleThreadExecutor();
                Connection reader = server.connect()) {
            Future<?> producer = executor.submit(() -> produce(node, put));
            LockSupport.parkNanos(WARM.toNanos());
            if (isHeld) {
                hold(reader);
            }
            List<Double> rates = rates(node);
            producer.cancel(true);
            return rates;
        }
    }

    /// From its first read on, the snapshot is held.
    private static void hold(Connection reader) throws Exception {
        reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        reader.setAutoCommit(false);
        Facts.number(reader, "SELECT count(*) FROM convergence.lane");
    }

    private List<Double> rates(Convergence.Node node) {
        Duration window = plan.snapshot().dividedBy(WINDOWS);
        List<Double> rates = new ArrayList<>();
        for (int i = 0; i < WINDOWS; i++) {
            int before = node.ended();
            long began = System.nanoTime();
            LockSupport.parkNanos(window.toNanos());
            rates.add((node.ended() - before) / ((System.nanoTime() - began) / 1e9));
        }
        return rates;
    }

    private Void produce(Convergence.Node node, AtomicInteger put) throws Exception {
        while (!Thread.currentThread().isInterrupted()) {
            if (put.get() - node.ended() < DEPTH) {
                engine.enqueue(SLICE);
                put.addAndGet(SLICE);
            } else {
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
        }
        return null;
    }
}
