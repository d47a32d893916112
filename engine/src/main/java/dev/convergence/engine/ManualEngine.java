package dev.convergence.engine;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.job.NewJob;
import dev.convergence.engine.queue.DeadLetters;
import dev.convergence.engine.queue.Lanes;
import dev.convergence.engine.sql.Database;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/// An engine for the tests of those who use it: no threads, and time passes only when it is told
/// to.
///
/// It is the same engine: the same claims, the same settling, the same tables. Handlers run in the
/// thread of the caller, one job after the other. All engines on its database must have its clock,
/// so none may be there that has been started.
public final class ManualEngine implements AutoCloseable {

    /// A handler that always puts another job in would never come to rest.
    private static final int ROUNDS_MAX = 10_000;

    private final AtomicReference<Instant> clock;
    private final Rooms rooms;

    ManualEngine(Instant start, Function<InstantSource, Rooms> wiring) {
        clock = new AtomicReference<>(start);
        rooms = wiring.apply(clock::get);
        rooms.join();
    }

    public JobId enqueue(NewJob job) {
        return enqueue(List.of(job)).getFirst();
    }

    /// Puts jobs in, all or none.
    public List<JobId> enqueue(Collection<NewJob> jobs) {
        return rooms.newJobs().enqueue(jobs);
    }

    /// Puts jobs in as part of the caller's transaction; the first run after its commit finds them.
    public List<JobId> enqueue(Connection transaction, Collection<NewJob> jobs) {
        return Database.within(transaction, handle -> rooms.newJobs().enqueue(handle, jobs));
    }

    public Lanes lanes() {
        return rooms.lanes();
    }

    public DeadLetters deadLetters() {
        return rooms.deadLetters();
    }

    /// Does what a node does over and over, once: beats, rescues, promotes what has come due,
    /// sweeps, claims at most as many jobs as it has slots, and does them.
    ///
    /// @return how many jobs ran
    public int runOnce() {
        Instant now = now();
        rooms.membership().runOnce(now);
        rooms.rescuer().runOnce(now);
        boolean mayBeMore = rooms.queue().promoteDue(now);
        while (mayBeMore) {
            mayBeMore = rooms.queue().promoteDue(now);
        }
        rooms.queue().sweep();
        return rooms.worker().runHere(now);
    }

    /// Runs until nothing may start now. What waits for its time goes on waiting.
    ///
    /// @return how many jobs ran
    public int runUntilIdle() {
        int all = 0;
        for (int round = 0; round < ROUNDS_MAX; round++) {
            int ran = runOnce();
            if (ran == 0) {
                return all;
            }
            all += ran;
        }
        throw new IllegalStateException(
                "After " + ROUNDS_MAX + " rounds and " + all + " jobs there was still work.");
    }

    /// Lets time pass; nothing runs meanwhile.
    ///
    /// @return the new time
    public Instant advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("Time does not go back by " + duration + ".");
        }
        return clock.updateAndGet(now -> now.plus(duration));
    }

    public Instant now() {
        return clock.get();
    }

    /// The invariants that do not hold, as lines of text; empty when the books are in order.
    public List<String> audit() {
        return Audit.violations(rooms.database());
    }

    /// Takes the engine out of the table of nodes.
    @Override
    public void close() {
        rooms.leave();
    }
}
