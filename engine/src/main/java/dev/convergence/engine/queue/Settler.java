package dev.convergence.engine.queue;

import dev.convergence.engine.queue.Settlement.Judged;
import dev.convergence.engine.queue.Settlement.Settled;
import dev.convergence.engine.sql.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes verdicts in batches: alone when idle, together while a batch is under way.
///
/// The caller, a virtual thread, waits for its own verdict; so a node never has more unwritten
/// results than slots, and a slot is free only when its result is safe.
public final class Settler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Settler.class);
    private static final int BATCH_MAX = 500;
    private static final int WAITING_MAX = 10_000;
    private static final int TRIES_MAX = 30;
    private static final Duration PAUSE_AFTER_ERROR = Duration.ofSeconds(1);

    private record Waiting(Judged judged, CompletableFuture<Boolean> accepted) {}

    private final Database database;
    private final Queue queue;
    private final Bell bell;
    private final InstantSource clock;
    private final BlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final Thread thread;
    private volatile boolean closed;

    public Settler(Database database, Queue queue, Bell bell, InstantSource clock) {
        this.database = database;
        this.queue = queue;
        this.bell = bell;
        this.clock = clock;
        thread = Thread.ofPlatform().name("settler").daemon(true).start(this::run);
    }

    /// Ends a job as judged and waits until that is committed.
    ///
    /// @return false when the claim was no longer good, and so nothing was changed
    public boolean settle(Claim claim, Verdict verdict) throws InterruptedException {
        CompletableFuture<Boolean> accepted = new CompletableFuture<>();
        waiting.put(new Waiting(new Judged(claim, verdict), accepted));
        try {
            return accepted.get();
        } catch (java.util.concurrent.ExecutionException failure) {
            throw new IllegalStateException("The result could not be written.", failure.getCause());
        }
    }

    /// Ends jobs of nodes that are gone, in one transaction of its own.
    ///
    /// @return how many claims were still good
    public int settleNow(List<Claim> claims, Judge judge, Outcome outcome) {
        List<Judged> batch =
                claims.stream().map(c -> new Judged(c, judge.judge(c.job(), outcome))).toList();
        return batch.isEmpty() ? 0 : write(batch).accepted().size();
    }

    private void run() {
        try {
            while (!closed || !waiting.isEmpty()) {
                Waiting first = waiting.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    flush(first);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void flush(Waiting first) throws InterruptedException {
        List<Waiting> batch = new ArrayList<>();
        batch.add(first);
        waiting.drainTo(batch, BATCH_MAX - 1);
        for (int attempt = 1; ; attempt++) {
            try {
                Settled settled = write(batch.stream().map(Waiting::judged).toList());
                batch.forEach(w ->
                        w.accepted()
                                .complete(
                                        settled.accepted()
                                                .contains(w.judged().claim().job().id())));
                return;
            } catch (RuntimeException failure) {
                if (attempt == TRIES_MAX) {
                    batch.forEach(w -> w.accepted().completeExceptionally(failure));
                    return;
                }
                LOG.warn("Could not write {} results (try {})", batch.size(), attempt, failure);
                TimeUnit.NANOSECONDS.sleep(PAUSE_AFTER_ERROR.toNanos());
            }
        }
    }

    private Settled write(List<Judged> batch) {
        Settled settled =
                database.inTransaction(handle -> Settlement.settle(handle, batch, clock.instant()));
        queue.committed(settled.touched());
        queue.retryParked(settled.freedPools());
        bell.heard();
        return settled;
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join(TimeUnit.SECONDS.toMillis(10));
    }
}
