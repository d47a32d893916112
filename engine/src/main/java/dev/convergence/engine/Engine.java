package dev.convergence.engine;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.job.NewJob;
import dev.convergence.engine.queue.DeadLetters;
import dev.convergence.engine.queue.Lanes;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.sql.Migrations;
import java.sql.Connection;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;

/// The engine as a library: put jobs in, have them done, by any number of equal nodes on one
/// PostgreSQL.
///
/// ```java
/// try (Engine engine = Engine.builder(source).handler("greet", this::greet).build()) {
///     engine.lanes().open(new TenantId("acme"), 10);
///     engine.start();
///     engine.enqueue(NewJob.of("acme", "greet").params(Map.of("name", "World")));
/// }
/// ```
public final class Engine implements AutoCloseable {

    private static final Duration CLOSE_WAIT = Duration.ofSeconds(30);

    private final Rooms rooms;
    private final Node node;

    Engine(Rooms rooms, Node node) {
        this.rooms = rooms;
        this.node = node;
    }

    /// @param source of connections whose search path begins with the schema `convergence`
    ///   (`currentSchema=convergence` in the URL); at least 8 of them
    public static EngineBuilder builder(DataSource source) {
        return new EngineBuilder(source);
    }

    /// Makes or updates the schema; safe from several nodes at once.
    public static void migrate(DataSource source) {
        Migrations.migrate(source);
    }

    /// Begins to claim and to run jobs.
    public void start() {
        node.start();
    }

    public JobId enqueue(NewJob job) {
        return job.notBefore() == null
                ? rooms.newJobs().enqueue(job)
                : enqueue(List.of(job)).getFirst();
    }

    /// Puts jobs in, all or none, in a transaction of its own.
    public List<JobId> enqueue(Collection<NewJob> jobs) {
        return rooms.newJobs().enqueue(jobs);
    }

    /// Puts jobs in as part of the caller's transaction: they are there when it commits, and never
    /// were when it does not. Call [#committed] after the commit, so that they start at once;
    /// without it the next sweep finds them.
    public List<JobId> enqueue(Connection transaction, Collection<NewJob> jobs) {
        return Database.within(transaction, handle -> rooms.newJobs().enqueue(handle, jobs));
    }

    /// Says that a caller's transaction is committed.
    public void committed(Collection<NewJob> jobs) {
        rooms.newJobs().committed(jobs);
    }

    /// The tenants' lanes: opened before the first job, limited, paused.
    public Lanes lanes() {
        return rooms.lanes();
    }

    /// Jobs that were given up because nodes died under them.
    public DeadLetters deadLetters() {
        return rooms.deadLetters();
    }

    /// The invariants that do not hold, as lines of text; empty when the books are in order.
    public List<String> audit() {
        return Audit.violations(rooms.database());
    }

    /// Stops taking work, waits for what runs, and leaves.
    ///
    /// @return false when something still ran at the end of the wait; it was told to stop, and is
    ///   tried again
    public boolean stop(Duration atMost) throws InterruptedException {
        return node.stop(atMost);
    }

    @Override
    public void close() throws InterruptedException {
        stop(CLOSE_WAIT);
    }
}
