package dev.convergence.benchmark.engine.contestant;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// SQL by hand, in batches, keeping every row: the limit of what this PostgreSQL gives anybody who
/// keeps a history. No tenants, no limits, no retries.
public final class Raw extends InProcess {

    static final int CONNECTIONS = 4;
    static final int BATCH = 500;

    private @Nullable RawProducer producer;

    Raw(String url) {
        super(url, "raw");
    }

    @Override
    public String name() {
        return "raw";
    }

    @Override
    public String version() {
        return "SQL by hand";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "connections",
                String.valueOf(CONNECTIONS),
                "batch",
                BATCH + " jobs a claim",
                "bulk",
                "COPY, " + ENQUEUE_BATCH + " jobs a transaction, " + ENQUEUE_THREADS + " threads",
                "kept",
                "a row for each job and a row for its end");
    }

    @Override
    public int sized(int jobs) {
        return jobs;
    }

    // Blocks of 10,000 numbers, so that nobody asks the sequence for each job.
    private static final String TABLES =
            """
            CREATE TABLE raw.job (id bigint PRIMARY KEY, payload jsonb NOT NULL);
            CREATE TABLE raw.ready (id bigint PRIMARY KEY);
            CREATE TABLE raw.lease (id bigint PRIMARY KEY, token bigint NOT NULL, node integer NOT NULL,
                                    claimed_at timestamptz NOT NULL) WITH (fillfactor = 70);
            CREATE TABLE raw.done (id bigint NOT NULL, token bigint NOT NULL, state smallint NOT NULL,
                                   finished_at timestamptz NOT NULL);
            CREATE SEQUENCE raw.token CACHE 1000;
            CREATE SEQUENCE raw.fired START 1000000000000 CACHE 1000;
            CREATE SEQUENCE raw.job_block INCREMENT 10000 MINVALUE 0 START 0;
            CREATE TABLE raw.schedule (id bigint PRIMARY KEY, next_fire timestamptz NOT NULL, last_fire timestamptz,
                                       payload jsonb NOT NULL) WITH (fillfactor = 85);
            CREATE INDEX schedule_due ON raw.schedule (next_fire);
            """;

    @Override
    public void prepare() throws Exception {
        close();
        freshSchema();
        execute(TABLES);
    }

    @Override
    void enqueueAll(List<Payload> jobs) throws Exception {
        producer().copy(jobs);
    }

    @Override
    void enqueueOne(Payload job) throws Exception {
        producer().insert(job);
    }

    private static final String SCHEDULE =
            """
            INSERT INTO raw.schedule
            SELECT n, '%2$s', NULL,
                   jsonb_build_object('n', n, 'sent', 0, 'date', '2026-01-01', 'provider', 'aws')
            FROM generate_series(0, %1$d - 1) AS n
            """;

    @Override
    public boolean schedule(int count) throws Exception {
        due = afterStoring(Duration.ZERO);
        execute(SCHEDULE.formatted(count, due));
        return true;
    }

    @Override
    Workers start(Work work) throws Exception {
        return new RawWorkers(pool(CONNECTIONS + 3), work);
    }

    private synchronized RawProducer producer() {
        if (producer == null) {
            producer = new RawProducer(pool(SINGLY_CONNECTIONS));
        }
        return producer;
    }

    @Override
    public synchronized void close() throws Exception {
        if (producer != null) {
            producer.close();
            producer = null;
        }
    }
}
