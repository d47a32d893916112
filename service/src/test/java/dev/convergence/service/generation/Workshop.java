package dev.convergence.service.generation;

import static dev.convergence.testkit.Eventually.eventually;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.convergence.engine.Audit;
import dev.convergence.engine.EngineConfig;
import dev.convergence.engine.Rooms;
import dev.convergence.engine.artifact.Artifact;
import dev.convergence.engine.artifact.ArtifactDraft;
import dev.convergence.engine.artifact.Writings;
import dev.convergence.engine.event.EngineListener;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.job.NewJob;
import dev.convergence.engine.job.RetryPolicy;
import dev.convergence.engine.run.RunLog;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.worker.JobHandler;
import dev.convergence.service.MigratedDatabase;
import dev.convergence.steps.generation.Researcher;
import dev.convergence.steps.generation.StoryWriter;
import dev.convergence.steps.generation.model.ApiKey;
import dev.convergence.steps.generation.model.Endpoint;
import dev.convergence.steps.generation.model.Endpoints;
import dev.convergence.steps.generation.model.LanguageModels;
import dev.convergence.testkit.ManualClock;
import dev.convergence.testkit.models.FakeModels;
import dev.convergence.testkit.models.Vendor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Engines that can write, on a database of their own, with models that a test tells what to say
/// and a clock that it moves.
final class Workshop implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int RETRIES = 3;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    final FakeModels fakes = FakeModels.start();
    final ManualClock clock = new ManualClock(Instant.parse("2026-11-22T12:00:00Z"));
    final Database database;
    private final LanguageModels models;
    private final HikariDataSource source;
    private final List<Rooms> nodes = new ArrayList<>();

    Workshop() {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(MigratedDatabase.url());
        pool.setMaximumPoolSize(20);
        pool.setMinimumIdle(2);
        pool.setConnectionInitSql("SET search_path = convergence");
        source = new HikariDataSource(pool);
        database = new Database(source);
        models =
                new LanguageModels(
                        new Endpoints(
                                endpoint(Vendor.ANTHROPIC),
                                endpoint(Vendor.OPENAI),
                                endpoint(Vendor.GEMINI),
                                endpoint(Vendor.OLLAMA)),
                        clock);
    }

    private Endpoint endpoint(Vendor vendor) {
        return new Endpoint(fakes.base(vendor), new ApiKey(FakeModels.KEY));
    }

    private List<JobHandler> handlers() {
        Writings writings = new Writings(database);
        Researcher researcher = new Researcher(models);
        return List.of(
                GenerationHandler.stories(new StoryWriter(models, researcher), writings, clock),
                GenerationHandler.research(researcher, writings, clock));
    }

    Rooms node(int slots) {
        EngineConfig config =
                new EngineConfig(
                        slots,
                        Duration.ofSeconds(30),
                        Optional.empty(),
                        Duration.ofSeconds(1),
                        RetryPolicy.withBase(Duration.ZERO),
                        0,
                        Map.of(GenerationHandler.LOCAL_POOL, 1),
                        Path.of("unused"));
        Rooms node = new Rooms(database, clock, config, handlers(), EngineListener.NOBODY);
        node.join();
        nodes.add(node);
        return node;
    }

    TenantId tenant(String name) {
        TenantId tenant = new TenantId(name);
        nodes.getFirst().lanes().open(tenant, 5);
        return tenant;
    }

    /// Puts a job in, with the pool that its handler wants for these parameters.
    JobId ask(TenantId tenant, String type, Map<String, Object> params) {
        String pool =
                handlers().stream()
                        .filter(handler -> handler.type().equals(type))
                        .findFirst()
                        .orElseThrow()
                        .pool(params);
        NewJob wanted =
                NewJob.of(tenant.value(), type)
                        .params(params)
                        .retry(RetryPolicy.withBase(Duration.ZERO).withRetriesMax(RETRIES));
        Job job =
                (pool == null ? wanted : wanted.pool(pool)).at(clock.advance(Duration.ofMillis(1)));
        database.transact(handle -> nodes.getFirst().queue().enqueue(handle, List.of(job)));
        nodes.getFirst().queue().committed(List.of(tenant));
        return job.id();
    }

    /// Asks, and has it done with all its retries.
    JobId done(TenantId tenant, String type, Map<String, Object> params) {
        JobId job = ask(tenant, type, params);
        finish(nodes.getFirst());
        return job;
    }

    /// Starts what may start now.
    void start(Rooms node) {
        node.queue().promoteDue(clock.instant());
        node.queue().sweep();
        node.worker().runOnce(clock.instant());
    }

    /// Works until nothing waits and nothing runs; in one look, because what ends may wait again.
    void finish(Rooms node) {
        eventually(
                "all work is done",
                SOON,
                () -> {
                    start(node);
                    return count(
                                    """
                                    SELECT count(*) FROM (
                                        SELECT job_id FROM ready UNION ALL SELECT job_id FROM parked
                                        UNION ALL SELECT job_id FROM deferred UNION ALL SELECT job_id FROM lease) AS live
                                    """)
                            == 0;
                });
    }

    void loseNode(Rooms lost, Rooms rescuer) {
        database.transact(handle ->
                handle.execute(
                        "UPDATE node SET heartbeat_at = heartbeat_at - interval '1 hour' WHERE node_id = ?",
                        lost.membership().node().value()));
        rescuer.rescuer().rescue(clock.instant());
    }

    private long count(String sql) {
        return database.read(handle -> handle.createQuery(sql).mapTo(long.class).one());
    }

    /// One column of a job's run as text; `LIVE` while it has none.
    String run(JobId job, String column) {
        return database.read(handle ->
                handle.createQuery(
                                "SELECT coalesce("
                                        + column
                                        + "::text, '') FROM run WHERE job_id = ?")
                        .bind(0, job.value())
                        .mapTo(String.class)
                        .findOne()
                        .orElse("LIVE"));
    }

    String state(JobId job) {
        return run(job, "state");
    }

    JsonNode result(JobId job) {
        return JSON.readTree(run(job, "result"));
    }

    /// A job's retries, the first first.
    List<JobId> retries(JobId original) {
        return database.read(handle ->
                handle.createQuery("SELECT job_id FROM job WHERE root_id = ? ORDER BY attempt")
                        .bind(0, original.value())
                        .mapTo(java.util.UUID.class)
                        .map(JobId::of)
                        .list());
    }

    String pool(JobId job) {
        return database.read(handle ->
                handle.createQuery("SELECT coalesce(pool, '') FROM job WHERE job_id = ?")
                        .bind(0, job.value())
                        .mapTo(String.class)
                        .one());
    }

    List<String> files(TenantId tenant, JobId job) {
        return nodes.getFirst().artifacts().list(tenant, job).stream().map(Artifact::name).toList();
    }

    String file(TenantId tenant, JobId job, String name) {
        return nodes.getFirst()
                .artifacts()
                .read(tenant, job, name)
                .map(ArtifactDraft::bytes)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElseThrow();
    }

    JsonNode json(TenantId tenant, JobId job, String name) {
        return JSON.readTree(file(tenant, job, name));
    }

    String log(TenantId tenant, JobId job) {
        return new RunLog(database)
                .read(tenant, job, 0, 1_000).stream()
                        .map(RunLog.Line::text)
                        .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (Rooms node : nodes) {
            node.drain(Duration.ofSeconds(60));
            node.leave();
        }
        fakes.close();
        models.close();
        List<String> violations = Audit.violations(database);
        source.close();
        if (!violations.isEmpty()) {
            throw new AssertionError("Invariants are broken: " + violations);
        }
    }
}
