package dev.convergence.benchmark.engine.contestant;

import com.zaxxer.hikari.HikariDataSource;
import dev.convergence.engine.Engine;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.NewJob;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.sql.Migrations;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/// This engine as it ships, through the face that programs embed it by: durable, history kept,
/// lanes and limits, retries, fencing.
public final class Convergence extends InProcess {

    static final String TYPE = "nothing";
    private static final String TENANT = "tenant-1";
    private static final int NO_LIMIT = 1_000_000;
    private static final Duration STOP = Duration.ofSeconds(30);

    private final Sizing sizing;
    private final ConvergenceSchedules schedules;
    private @Nullable Node producer;

    Convergence(String url, Sizing sizing) {
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
        closeProducer();
        drop();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        Engine.migrate(source);
        try (HikariDataSource pool = pool(2)) {
            Engine.builder(pool).build().lanes().open(new TenantId(TENANT), NO_LIMIT);
        }
    }

    @Override
    public void drop() throws Exception {
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
        return NewJob.of(TENANT, TYPE).params(payload.asMap());
    }

    @Override
    public boolean schedule(int count) throws Exception {
        schedules.make(count);
        return true;
    }

    @Override
    public Drain fire(int count) throws Exception {
        return schedules.fire(count);
    }

    @Override
    Workers start(Work work) throws Exception {
        closeProducer();
        return new Node(sizing.slots(), work);
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
    private final class Node implements Workers {

        final Engine engine;
        private final HikariDataSource pool;
        private final AtomicInteger ended = new AtomicInteger();

        Node(int slots, Work work) {
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
                            .listener((_, _, _, _) -> ended.incrementAndGet())
                            .build();
            engine.start();
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
