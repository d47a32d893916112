package dev.convergence.engine;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.queue.Queue.Cancellation;
import dev.convergence.engine.worker.Execution;
import dev.convergence.engine.worker.JobHandler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CancelRaceTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private static final String MOVE =
            """
            WITH due AS (DELETE FROM deferred RETURNING tenant_id, priority, job_id, pool, is_manual)
            INSERT INTO ready (tenant_id, priority, job_id, pool, is_manual)
            SELECT tenant_id, priority, job_id, pool, is_manual FROM due
            """;

    private static final String WAITERS =
            """
            SELECT count(*) FROM pg_locks WHERE NOT granted
            """;

    private final Installation installation = new Installation();

    @AfterEach
    void the_books_are_in_order() throws InterruptedException {
        installation.close();
    }

    @Test
    void a_waiting_job_is_cancelled_while_its_pause_ends() {
        Rooms engine = installation.node(1);
        TenantId tenant = installation.tenant("acme", 10, 1);
        Job job = installation.probe(tenant, 5, Map.of("outcome", "FAILED"));
        installation.enqueue(engine, List.of(job));
        engine.worker().runOnce(installation.clock.instant());
        eventually("it fails", SOON, () -> installation.retryOf(job.id()).isPresent());
        JobId retry = JobId.of(installation.retryOf(job.id()).orElseThrow());

        CompletableFuture<Cancellation> cancelled =
                installation.database.inTransaction(handle -> {
                    handle.execute(MOVE);
                    CompletableFuture<Cancellation> asked =
                            CompletableFuture.supplyAsync(() ->
                                    engine.queue()
                                            .cancel(
                                                    tenant,
                                                    retry,
                                                    "by a user",
                                                    installation.clock.instant()));
                    eventually("it waits", SOON, () -> installation.count(WAITERS) == 1);
                    return asked;
                });

        assertThat(cancelled.join()).isEqualTo(Cancellation.CANCELLED);
    }

    private static final String ASK =
            "UPDATE lease SET cancel_requested_at = claimed_at, cancel_reason = 'by a user'";

    /// The wish makes a new version of the lease, which who ends it finds only after waiting.
    @Test
    void a_run_ends_while_somebody_asks_to_stop_it() {
        CountDownLatch mayEnd = new CountDownLatch(1);
        Rooms engine = installation.node(1, new Held(mayEnd));
        Job job = installation.probe(installation.tenant("acme", 10, 1), 5, Map.of());
        installation.enqueue(engine, List.of(job));
        engine.worker().runOnce(installation.clock.instant());
        eventually("it runs", SOON, () -> engine.worker().runningCount() == 1);

        installation.database.transact(handle -> {
            handle.execute(ASK);
            mayEnd.countDown();
            eventually("its end waits", SOON, () -> installation.count(WAITERS) == 1);
        });

        eventually("it has ended", SOON, () -> engine.worker().runningCount() == 0);
        assertThat(installation.state(job.id())).isEqualTo("COMPLETED");
        assertThat(installation.count("SELECT count(*) FROM lease")).isZero();
    }

    /// Work that goes on until a test lets it end.
    private record Held(CountDownLatch mayEnd) implements JobHandler {

        @Override
        public String type() {
            return Job.PROBE;
        }

        @Override
        public Outcome handle(Execution execution) throws InterruptedException {
            mayEnd.await();
            return Outcome.Completed.plain();
        }
    }
}
