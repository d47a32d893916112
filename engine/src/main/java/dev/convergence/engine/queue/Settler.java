package dev.convergence.engine.queue;

import dev.convergence.engine.event.EngineEvent.JobGivenUp;
import dev.convergence.engine.event.EngineEvent.SettlementWritten;
import dev.convergence.engine.event.Events;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.queue.LostWork.Lost;
import dev.convergence.engine.queue.Settlement.Judged;
import dev.convergence.engine.queue.Settlement.Settled;
import dev.convergence.engine.queue.Verdict.NodeLoss;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.sql.FaultOfData;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes verdicts in batches: alone when idle, together while a batch is under way.
///
/// A slot is free only when its result is written; so a node never has more unwritten results than
/// slots, and claims no faster than it settles.
public final class Settler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Settler.class);
    private static final int BATCH_MAX = 1_000;
    private static final Duration PAUSE_AFTER_ERROR = Duration.ofSeconds(1);

    /// @param written told whether the claim was still good, once that is committed; with an error
    ///   when it could not be written at all
    private record Waiting(Judged judged, Written written) {}

    /// Hears what became of a verdict, in the settler's thread: it must be quick and must not
    /// throw.
    @FunctionalInterface
    public interface Written {
        /// @param failure why nothing could be written; null when it was
        void written(boolean accepted, @Nullable Throwable failure);
    }

    private final Database database;
    private final Queue queue;
    private final InstantSource clock;
    private final Events events;
    private final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>();
    private final AtomicBoolean started = new AtomicBoolean();
    private final Thread thread;
    private volatile boolean closed;

    public Settler(Database database, Queue queue, InstantSource clock, Events events) {
        this.database = database;
        this.queue = queue;
        this.clock = clock;
        this.events = events;
        thread = Thread.ofPlatform().name("settler").daemon(true).unstarted(this::run);
    }

    /// Ends a job as judged, soon, however long the database is away.
    public void settle(Claim claim, Verdict verdict, Written written) {
        waiting.add(new Waiting(new Judged(claim, verdict), written));
        if (!started.get() && started.compareAndSet(false, true)) {
            thread.start(); // with the first result: an engine run by hand needs no thread
        }
    }

    /// Ends a job as judged before it returns, in the caller's thread. The database is asked once:
    /// what it cannot take now is left to the rescuer.
    public void settleHere(Claim claim, Verdict verdict, Written written) {
        Waiting single = new Waiting(new Judged(claim, verdict), written);
        Throwable failure = writeOrFailure(List.of(single));
        if (failure != null && FaultOfData.isIn(failure)) {
            settlePlainly(single, failure);
        } else if (failure != null) {
            written.written(false, failure);
        }
    }

    /// Ends jobs whose executions are gone, in one transaction of its own.
    ///
    /// @return the jobs whose claims were still good
    public Set<JobId> settleNow(List<Lost> claims, Function<Job, Verdict> judge) {
        List<Judged> batch =
                claims.stream()
                        .map(lost -> new Judged(lost.claim(), lost.verdict(judge), false))
                        .toList();
        return batch.isEmpty() ? Set.of() : write(batch).accepted();
    }

    private void run() {
        try {
            while (!closed || !waiting.isEmpty()) {
                Waiting first = waiting.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    List<Waiting> batch = new ArrayList<>();
                    batch.add(first);
                    waiting.drainTo(batch, BATCH_MAX - 1);
                    flush(batch);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// Writes a batch, trying again as long as the server is at fault; halves it when its data are,
    /// until the faulty verdict is alone.
    private void flush(List<Waiting> batch) throws InterruptedException {
        Throwable failure = writeOrFailure(batch);
        while (failure != null && !FaultOfData.isIn(failure)) {
            LOG.warn(
                    "{} results could not be written and will be tried again",
                    batch.size(),
                    failure);
            TimeUnit.NANOSECONDS.sleep(PAUSE_AFTER_ERROR.toNanos());
            failure = writeOrFailure(batch);
        }
        if (failure != null && batch.size() > 1) {
            flush(batch.subList(0, batch.size() / 2));
            flush(batch.subList(batch.size() / 2, batch.size()));
        } else if (failure != null) {
            settlePlainly(batch.getFirst(), failure);
        }
    }

    private @Nullable Throwable writeOrFailure(List<Waiting> batch) {
        Set<JobId> accepted;
        try {
            accepted = write(batch.stream().map(Waiting::judged).toList()).accepted();
        } catch (RuntimeException | Error failure) {
            return failure;
        }
        batch.forEach(one -> tell(one, accepted.contains(one.judged().job().id())));
        return null;
    }

    /// What is written is written, whatever its owner makes of it.
    private static void tell(Waiting one, boolean isAccepted) {
        try {
            one.written().written(isAccepted, null);
        } catch (RuntimeException failure) {
            LOG.error("What follows the end of {} failed", one.judged().job().id(), failure);
        }
    }

    /// A result that the database refuses ends its job all the same, without the texts it refused.
    private void settlePlainly(Waiting faulty, Throwable failure) {
        Claim claim = faulty.judged().claim();
        LOG.error("The result of job {} was refused", claim.job().id(), failure);
        Outcome plain =
                Outcome.Failed.of("The run's result could not be stored.", "INTERNAL_ERROR", false);
        try {
            Judged judged = new Judged(claim, new Verdict(plain, Optional.empty()));
            boolean ours = write(List.of(judged)).accepted().contains(claim.job().id());
            faulty.written().written(ours, null);
        } catch (RuntimeException again) {
            faulty.written().written(false, again); // the rescuer finds the lease
        }
    }

    private Settled write(List<Judged> batch) {
        long began = System.nanoTime();
        long ringFloor = queue.floors().ring();
        Settled settled =
                database.inTransaction(
                        handle -> Settlement.settle(handle, batch, ringFloor, clock.instant()));
        long written = System.nanoTime();
        queue.committed(settled.ready());
        queue.committedAhead(settled.ahead());
        queue.retryParked(settled.freedPools());
        if (settled.isVacated()) {
            queue.ring();
        }
        if (batch.stream().anyMatch(Settler::isTriedAgainSoon)) {
            queue.paused();
        }
        tell(batch, settled, Duration.ofNanos(written - began));
        return settled;
    }

    private static boolean isTriedAgainSoon(Judged judged) {
        return judged.verdict().retryAfter().filter(Queue::isSoon).isPresent();
    }

    private void tell(List<Judged> batch, Settled settled, Duration took) {
        events.publish(new SettlementWritten(batch.size(), took));
        batch.stream()
                .filter(judged -> judged.verdict().nodeLoss() == NodeLoss.GIVEN_UP)
                .map(Judged::job)
                .filter(job -> settled.accepted().contains(job.id()))
                .forEach(job -> events.publish(new JobGivenUp(job.tenant(), job.id())));
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join(TimeUnit.SECONDS.toMillis(10));
    }
}
