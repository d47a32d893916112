package dev.convergence.engine;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.convergence.engine.event.EngineListener;
import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.job.Origin;
import dev.convergence.engine.job.RetryPolicy;
import dev.convergence.engine.job.TriggerType;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.time.Backoff;
import dev.convergence.engine.worker.JobHandler;
import dev.convergence.engine.worker.ProbeHandler;
import dev.convergence.testkit.ManualClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// A database of its own with any number of engines on it, and a clock that the test moves.
final class Installation implements AutoCloseable {

    final ManualClock clock = new ManualClock(Instant.parse("2026-11-22T12:00:00Z"));
    final Database database;
    private final HikariDataSource source;
    private final List<Rooms> engines = new ArrayList<>();

    Installation() {
        this(UnaryOperator.identity());
    }

    /// @param between what the engines' connections go through
    Installation(UnaryOperator<DataSource> between) {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(MigratedDatabase.url());
        pool.setMaximumPoolSize(40);
        pool.setMinimumIdle(2); // most tests need few, and there are hundreds of them
        pool.setConnectionInitSql("SET search_path = convergence");
        source = new HikariDataSource(pool);
        database = new Database(between.apply(source));
        Witness.install(database);
    }

    /// Another node of the installation, known and alive.
    Rooms node(int slots, JobHandler... handlers) {
        return heardNode(slots, EngineListener.NOBODY, handlers);
    }

    /// A node whose events somebody hears.
    Rooms heardNode(int slots, EngineListener listener, JobHandler... handlers) {
        List<JobHandler> all = new ArrayList<>(List.of(handlers));
        if (all.stream().noneMatch(h -> h.type().equals(Job.PROBE))) {
            all.add(new ProbeHandler());
        }
        EngineConfig config =
                new EngineConfig(
                        slots,
                        Duration.ofSeconds(30),
                        Optional.empty(),
                        Duration.ofSeconds(1),
                        RetryPolicy.withBase(Duration.ofSeconds(60)),
                        0,
                        Map.of("ollama-local", 1),
                        Path.of("unused"));
        Rooms engine = new Rooms(database, clock, config, all, listener);
        engine.join();
        engines.add(engine);
        return engine;
    }

    TenantId tenant(String name, int daily, int concurrent) {
        TenantId tenant = new TenantId(name);
        database.transact(handle -> {
            handle.execute(
                    "INSERT INTO tenant VALUES (?, 'A company', 'a@example.com', 'ACTIVE', NULL, now(), now())",
                    name);
            handle.execute(
                    """
                    INSERT INTO subscription (subscription_id, tenant_id, plan_name, daily_limit, monthly_limit,
                        concurrent_limit, max_team_members, max_providers, subscription_start_date, created_at, updated_at)
                    VALUES (gen_random_uuid(), ?, 'SCALE', ?, 30 * ?, ?, 2, 3, current_date, now(), now())
                    """,
                    name,
                    daily,
                    daily,
                    concurrent);
            handle.execute(
                    "INSERT INTO lane (tenant_id, concurrent_limit) VALUES (?, ?)",
                    name,
                    concurrent);
        });
        return tenant;
    }

    Job probe(TenantId tenant, int priority, Map<String, Object> params) {
        return probe(tenant, priority, params, null);
    }

    Job probe(TenantId tenant, int priority, Map<String, Object> params, @Nullable String pool) {
        JobId id = JobId.next(clock.instant());
        return new Job(
                id,
                tenant,
                Job.PROBE,
                params,
                priority,
                0,
                null,
                id,
                new RetryPolicy(3, new Backoff(Duration.ofSeconds(10), 2, Duration.ofHours(1))),
                pool,
                new Origin(null, null, null, TriggerType.API, "test", null, null));
    }

    void enqueue(Rooms engine, List<Job> jobs) {
        database.transact(handle -> engine.queue().enqueue(handle, jobs));
        engine.queue()
                .committed(
                        jobs.stream()
                                .map(Job::tenant)
                                .collect(java.util.stream.Collectors.toSet()));
    }

    /// A config that is due at an instant.
    ConfigId config(Rooms engine, TenantId tenant, String name, int priority, Instant due) {
        return engine.configs()
                .create(
                        tenant,
                        new dev.convergence.engine.pipeline.ConfigDraft(
                                "system",
                                "diagnostics",
                                name,
                                null,
                                null,
                                "0 2 * * *",
                                null,
                                null,
                                Map.of(),
                                priority,
                                null,
                                null,
                                due),
                        null,
                        clock.instant())
                .id();
    }

    String state(JobId job) {
        return database.read(handle ->
                handle.createQuery("SELECT state FROM run WHERE job_id = :job")
                        .bind("job", job.value())
                        .mapTo(String.class)
                        .findOne()
                        .orElse("LIVE"));
    }

    long count(String sql) {
        return database.read(handle -> handle.createQuery(sql).mapTo(long.class).one());
    }

    Optional<UUID> retryOf(JobId job) {
        return database.read(handle ->
                handle.createQuery("SELECT job_id FROM job WHERE retry_of = :job")
                        .bind("job", job.value())
                        .mapTo(UUID.class)
                        .findOne());
    }

    /// A connection of its own, as a process has it.
    Connection connection() throws SQLException {
        return source.getConnection();
    }

    /// Breaks off; for tests that leave nothing to be audited.
    void disconnect() {
        source.close();
    }

    @Override
    public void close() throws InterruptedException {
        for (Rooms engine : engines) {
            engine.drain(Duration.ofSeconds(60));
            engine.leave();
        }
        Database direct = new Database(source);
        List<String> violations = new ArrayList<>(Audit.violations(direct));
        violations.addAll(Witness.saw(direct));
        source.close();
        if (!violations.isEmpty()) {
            throw new AssertionError("Invariants are broken: " + violations);
        }
    }
}
