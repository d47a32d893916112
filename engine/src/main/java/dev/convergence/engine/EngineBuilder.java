package dev.convergence.engine;

import dev.convergence.engine.event.EngineListener;
import dev.convergence.engine.job.RetryPolicy;
import dev.convergence.engine.recovery.RetentionPeriods;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.sql.DatabaseClock;
import dev.convergence.engine.time.Backoff;
import dev.convergence.engine.worker.JobHandler;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// How an embedded engine is set up; everything but the data source has a default.
public final class EngineBuilder {

    private static final int SLOTS_DEFAULT = 64;
    private static final Duration LEASE_DEFAULT = Duration.ofSeconds(15);
    private static final Duration POLL_DEFAULT = Duration.ofSeconds(1);
    private static final double RETRY_JITTER = 0.2;

    private final DataSource source;
    private final List<JobHandler> handlers = new ArrayList<>();
    private final Map<String, Integer> pools = new HashMap<>();
    private int slots = SLOTS_DEFAULT;
    private Duration lease = LEASE_DEFAULT;
    private Duration poll = POLL_DEFAULT;
    private @Nullable Duration ageing;
    private EngineListener listener = EngineListener.NOBODY;

    EngineBuilder(DataSource source) {
        this.source = source;
    }

    /// Who does jobs of a type. A node claims jobs of any type, so all nodes need the same
    /// handlers.
    public EngineBuilder handler(String type, JobHandler.Work work) {
        return handler(JobHandler.of(type, work));
    }

    /// A handler that knows its type.
    public EngineBuilder handler(JobHandler handler) {
        handlers.add(handler);
        return this;
    }

    /// How many jobs this node runs at once; 64 unless said otherwise, 0 for a node that only
    /// enqueues.
    public EngineBuilder slots(int count) {
        slots = count;
        return this;
    }

    /// How long a silent node keeps its work before others take it over; 15 s unless said
    /// otherwise.
    public EngineBuilder lease(Duration duration) {
        lease = duration;
        return this;
    }

    /// How often an idle node looks although nobody rang; 1 s unless said otherwise.
    public EngineBuilder poll(Duration pause) {
        poll = pause;
        return this;
    }

    /// A resource of which at most `capacity` jobs of all tenants and nodes hold one at a time.
    public EngineBuilder pool(String name, int capacity) {
        pools.put(name, capacity);
        return this;
    }

    /// How long a job waits to count as one priority higher; unless said otherwise it never does,
    /// and the higher priority always goes first.
    public EngineBuilder priorityAgeing(Duration perLevel) {
        ageing = perLevel;
        return this;
    }

    /// Who hears of what happens on this node.
    public EngineBuilder listener(EngineListener hearer) {
        listener = hearer;
        return this;
    }

    /// An engine with threads of its own, once it is started.
    public Engine build() {
        Database database = database();
        Rooms rooms = rooms(database, new DatabaseClock(database), RETRY_JITTER);
        return new Engine(rooms, new Node(rooms, source, EnumSet.of(Node.Role.WORKER)));
    }

    /// An engine for tests: no threads, a clock that stands still until it is moved, and pauses
    /// that are exact.
    public ManualEngine manual(Instant start) {
        Database database = database();
        return new ManualEngine(start, clock -> rooms(database, clock, 0));
    }

    private Database database() {
        Database database = new Database(source);
        database.requireSchema();
        return database;
    }

    private Rooms rooms(Database database, InstantSource clock, double retryJitter) {
        EngineConfig config =
                new EngineConfig(
                        slots,
                        lease,
                        Optional.empty(),
                        poll,
                        RetryPolicy.withBase(Backoff.BASE_DEFAULT),
                        retryJitter,
                        pools,
                        Path.of(System.getProperty("java.io.tmpdir")),
                        RetentionPeriods.DEFAULT,
                        Optional.ofNullable(ageing));
        return new Rooms(database, clock, config, handlers, listener);
    }
}
