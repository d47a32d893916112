package dev.convergence.service.generation;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.convergence.engine.Engine;
import dev.convergence.engine.artifact.Artifact;
import dev.convergence.engine.artifact.Artifacts;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.NewJob;
import dev.convergence.engine.job.RetryPolicy;
import dev.convergence.engine.run.RunLog;
import dev.convergence.engine.sql.Database;
import dev.convergence.service.MigratedDatabase;
import dev.convergence.service.ServerProcesses;
import dev.convergence.service.ServerProcesses.Started;
import dev.convergence.testkit.models.FakeModels;
import dev.convergence.testkit.models.Turn;
import dev.convergence.testkit.models.Vendor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that is killed while a model writes for it.
class KilledServerTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final TenantId ACME = new TenantId("acme");

    @TempDir Path folder;

    private final FakeModels fakes = FakeModels.start();
    private final String url = MigratedDatabase.url();
    private ServerProcesses servers;

    @BeforeEach
    void open() {
        Map<String, String> changes = new HashMap<>(fakes.environment());
        changes.put("CONVERGENCE_WORKERS", "4");
        servers = new ServerProcesses(folder, url, changes);
    }

    @AfterEach
    void close() {
        servers.close();
        fakes.close();
    }

    @Test
    void pipe_05_a_killed_server_hangs_up_and_the_next_one_fails_its_run_and_tries_again()
            throws Exception {
        CountDownLatch hungUp = new CountDownLatch(1);
        fakes.next(Vendor.OLLAMA, new Turn.Drips(hungUp));
        fakes.always(Vendor.OLLAMA, new Turn.Says(Written.CARD));
        Started doomed = servers.start();
        try (HikariDataSource source = source();
                Engine engine = Engine.builder(source).slots(0).build()) {
            Database database = new Database(source);
            engine.lanes().open(ACME, 5);
            JobId job = engine.enqueue(research());
            JobId waiting = engine.enqueue(research());
            eventually("it is asked", SOON, () -> !fakes.seen(Vendor.OLLAMA).isEmpty());

            doomed.kill();
            assertThat(hungUp.await(30, TimeUnit.SECONDS)).isTrue();
            servers.start();
            eventually("all is done", SOON, () -> live(database) == 0);

            assertThat(ended(database, job)).startsWith("FAILED Ended by recovery");
            JobId retry = retry(database, job);
            assertThat(ended(database, retry)).isEqualTo("COMPLETED ");
            assertThat(ended(database, waiting)).isEqualTo("COMPLETED ");
            Artifacts artifacts = new Artifacts(database);
            assertThat(artifacts.list(ACME, job)).isEmpty();
            assertThat(artifacts.list(ACME, retry))
                    .extracting(Artifact::name)
                    .containsExactly("card.json", "card.md");
            assertThat(new RunLog(database).read(ACME, job, 0, 10))
                    .extracting(RunLog.Line::text)
                    .anyMatch(line -> line.startsWith("Asking ollama"));
            assertThat(fakes.seen(Vendor.OLLAMA)).hasSize(3);
            assertThat(fakes.mostAtOnce(Vendor.OLLAMA)).isOne();
            assertThat(engine.audit()).isEmpty();
        }
    }

    private static NewJob research() {
        return NewJob.of(ACME.value(), "research")
                .params(Map.of("topic", "bells under water"))
                .pool("ollama-local")
                .retry(RetryPolicy.withBase(Duration.ZERO));
    }

    private HikariDataSource source() {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(url);
        pool.setSchema("convergence");
        pool.setMaximumPoolSize(8);
        return new HikariDataSource(pool);
    }

    private static long live(Database database) {
        return database.read(handle ->
                handle.createQuery(
                                """
                                SELECT (SELECT count(*) FROM ready) + (SELECT count(*) FROM parked)
                                     + (SELECT count(*) FROM deferred) + (SELECT count(*) FROM lease)
                                """)
                        .mapTo(long.class)
                        .one());
    }

    private static String ended(Database database, JobId job) {
        return database.read(handle ->
                handle.createQuery(
                                "SELECT state || ' ' || coalesce(error, '') FROM run WHERE job_id = ?")
                        .bind(0, job.value())
                        .mapTo(String.class)
                        .one());
    }

    private static JobId retry(Database database, JobId job) {
        return database.read(handle ->
                handle.createQuery("SELECT job_id FROM job WHERE retry_of = ?")
                        .bind(0, job.value())
                        .mapTo(UUID.class)
                        .map(JobId::of)
                        .one());
    }
}
