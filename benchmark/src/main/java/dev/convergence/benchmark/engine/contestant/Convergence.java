package dev.convergence.benchmark.engine.contestant;

import com.zaxxer.hikari.HikariDataSource;
import dev.convergence.engine.Engine;
import dev.convergence.engine.event.EngineEvent;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.NewJob;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.sql.Migrations;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/// This engine as it ships, through the face that programs embed it by: durable, history kept,
/// lanes and limits, retries, fencing.
public final class Convergence extends InProcess {

    static final String TYPE = "nothing";

    /// The tenant that all jobs belong to where nothing else is said.
    public static final String TENANT = "tenant-1";

    public static final int NO_LIMIT = 1_000_000;

    private static final Duration STOP = Duration.ofSeconds(30);

    private final Sizing sizing;
    private final ConvergenceSchedules schedules;
    private @Nullable Node producer;

    public Convergence(String url, Sizing sizing) {
        super(url, Migrations.SCHEMA);
        this.sizing = sizing;
        schedules = new ConvergenceSchedules(this);
    }

    @Override
    public String name() {
        return Contestants.OURS;
    }

    @Override
    public String version() {
        return "this build";
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("nodes", "1");
        settings.put("slots", String.valueOf(sizing.slots()));
        settings.put("connections", String.valueOf(sizing.connections()));
        settings.put("bulk", ENQUEUE_BATCH + " jobs a call, " + ENQUEUE_THREADS + " threads");
        settings.put("schedules", ConvergenceSchedules.described());
        settings.put("on", "history, lanes, limits, retries, fencing");
        return settings;
    }

    /// How many jobs a node runs at once.
    public int slots() {
        return sizing.slots();
    }

    Sizing sizing() {
        return sizing;
    }

    @Override
    public int sized(int jobs) {
        return jobs;
    }

    /// Migrated from nothing each time, so it need not be known here which tables there are.
    @Override
    public void prepare() throws Exception {
        drop();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        Engine.migrate(source);
        openLane(TENANT, NO_LIMIT);
        producer();
    }

    public void openLane(String tenant, int limit) {
        try (HikariDataSource pool = pool(2)) {
            Engine.builder(pool).build().lanes().open(new TenantId(tenant), limit);
        }
    }

    private static final String OPEN_LANES =
            """
            INSERT INTO convergence.lane (tenant_id, concurrent_limit)
            SELECT 'tenant-' || n, %2$d FROM generate_series(1, %1$d) AS n
            ON CONFLICT (tenant_id) DO UPDATE SET concurrent_limit = excluded.concurrent_limit
            """;

    /// Opens the lanes `tenant-1` to `tenant-n`.
    public void openLanes(int tenants, int limit) throws SQLException {
        execute(OPEN_LANES.formatted(tenants, limit));
    }

    /// Puts jobs of several tenants in, in the order of their numbers.
    public Duration enqueue(int jobs, IntFunction<String> tenantOf) throws Exception {
        return slices(
                jobs,
                slice ->
                        producer()
                                .engine
                                .enqueue(
                                        slice.stream()
                                                .map(job -> job(tenantOf.apply(job.number()), job))
                                                .toList()));
    }

    // Counts, because the engine's own audit looks at job after job.
    private static final String BOOKS =
            """
            SELECT format('%s jobs, %s ended, %s waiting, %s leased, %s counted as running',
                          jobs, ended, waiting, leased, running)
            FROM (SELECT (SELECT count(*) FROM convergence.job) AS jobs,
                         (SELECT count(*) FROM convergence.run) AS ended,
                         (SELECT count(*) FROM convergence.ready) AS waiting,
                         (SELECT count(*) FROM convergence.lease) AS leased,
                         (SELECT COALESCE(sum(running), 0) FROM convergence.lane) AS running) AS counts
            WHERE jobs <> ended + waiting OR leased <> 0 OR running <> 0
            """;

    /// What does not add up in the tables when nobody works; empty when each job is in one place.
    public List<String> unbalanced() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(BOOKS)) {
            return rows.next() ? List.of(rows.getString(1)) : List.of();
        }
    }

    /// The pickup of the jobs of one tenant while the workers do others' jobs, each of which lasts.
    public Latencies pickupBeside(Arrivals arrivals, Duration othersLast) throws Exception {
        return pickup(
                arrivals,
                timed ->
                        job -> {
                            if (job.sentMicros() == 0) {
                                LockSupport.parkNanos(othersLast.toNanos());
                            } else {
                                timed.run(job);
                            }
                        });
    }

    /// Configs of many tenants, none of which is due; no node of this process is left.
    public void seedIdle(int tenants, int configs) throws Exception {
        closeProducer();
        schedules.seed(tenants, configs, "now() + interval '1 day' + n * interval '1 second'");
    }

    /// A node that fires configs and runs what they make, as a server does.
    public Workers member() {
        return schedules.member(_ -> {});
    }

    @Override
    public void drop() throws Exception {
        closeProducer();
        execute("DROP SCHEMA IF EXISTS convergence, tenants CASCADE");
    }

    @Override
    void enqueueAll(List<Payload> jobs) {
        producer().engine.enqueue(jobs.stream().map(Convergence::job).toList());
    }

    @Override
    void enqueueOne(Payload job) {
        producer().engine.enqueue(job(job));
    }

    private static NewJob job(Payload payload) {
        return job(TENANT, payload);
    }

    private static NewJob job(String tenant, Payload payload) {
        return NewJob.of(tenant, TYPE).params(payload.asMap());
    }

    @Override
    public boolean schedule(int count) throws Exception {
        due = afterStoring(Duration.ZERO);
        schedules.make(count, due);
        return true;
    }

    @Override
    Workers startFiring(Work work) throws Exception {
        closeProducer();
        return schedules.member(work);
    }

    @Override
    Workers start(Work work) throws Exception {
        closeProducer();
        return run(work);
    }

    /// A node that does this with each job.
    public Node run(Work work) {
        return new Node(sizing.slots(), work);
    }

    /// The node that put the jobs in is gone before the clock starts: what is measured is the one
    /// that works.
    @Override
    public Drain drain(int jobs) throws Exception {
        return drain(jobs, work -> work);
    }

    /// Waits until each of the jobs has run and is written down, on a node that was started then.
    public Drain drain(int jobs, UnaryOperator<Work> around) throws Exception {
        closeProducer();
        Tally tally = new Tally(jobs);
        long began = System.nanoTime();
        try (Workers workers = start(around.apply(tally))) {
            return untilSettled(tally, workers, jobs, began);
        }
    }

    @Override
    public void close() throws Exception {
        closeProducer();
    }

    /// A node that runs nothing itself.
    private synchronized Node producer() {
        if (producer == null) {
            producer = new Node(0, _ -> {});
        }
        return producer;
    }

    private synchronized void closeProducer() throws InterruptedException {
        if (producer != null) {
            producer.close();
            producer = null;
        }
    }

    /// One node, started.
    public final class Node implements Workers {

        private final Engine engine;
        private final HikariDataSource pool;
        private final AtomicInteger ended = new AtomicInteger();

        private Node(int slots, Work work) {
            pool = pool(sizing.connections());
            engine =
                    Engine.builder(pool)
                            .slots(slots)
                            .handler(
                                    TYPE,
                                    execution -> {
                                        work.run(Payload.of(execution.job().params()));
                                        return Outcome.Completed.plain();
                                    })
                            .listener(this::on)
                            .build();
            engine.start();
        }

        private void on(EngineEvent event) {
            if (event instanceof EngineEvent.JobEnded) {
                ended.incrementAndGet();
            }
        }

        /// How many jobs have ended so far.
        public int ended() {
            return ended.get();
        }

        @Override
        public boolean isSettled(int jobs) {
            return ended.get() >= jobs;
        }

        @Override
        public void close() throws InterruptedException {
            engine.stop(STOP);
            pool.close();
        }
    }
}
