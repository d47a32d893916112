package dev.convergence.engine;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.launch.RunRequest;
import dev.convergence.engine.pipeline.ConfigDraft;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.template.TemplatePath;
import dev.convergence.engine.worker.JobHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/// The shortest stories in which one protection is all that keeps the engine right.
final class Scenes {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String WAITERS = "SELECT count(*) FROM pg_locks WHERE NOT granted";

    private Scenes() {}

    /// Plays in an installation; what is not as it should be is an [AssertionError].
    @FunctionalInterface
    interface Scene {
        void play(Installation installation) throws Exception;
    }

    private static JobHandler until(CountDownLatch end) {
        return JobHandler.of(
                Job.PROBE,
                _ -> {
                    end.await();
                    return Outcome.Completed.plain();
                });
    }

    // What a stop does with a claim that it has not started.
    private static final String HAND_BACK =
            """
            WITH lost AS (DELETE FROM lease RETURNING tenant_id, job_id),
                 lane AS (UPDATE lane SET running = 0, has_ready = true)
            INSERT INTO ready (tenant_id, priority, job_id) SELECT tenant_id, 5, job_id FROM lost
            """;

    static void a_finish_of_a_claim_that_another_has_now_changes_nothing(Installation here) {
        CountDownLatch late = new CountDownLatch(1);
        CountDownLatch current = new CountDownLatch(1);
        try {
            Rooms before = here.node(1, until(late));
            Rooms now = here.node(1, until(current));
            Job job = here.probe(here.tenant("acme", 10, 1), 5, Map.of());
            here.enqueue(before, List.of(job));
            before.worker().runOnce(here.clock.instant());
            here.database.transact(handle -> handle.execute(HAND_BACK));
            now.worker().runOnce(here.clock.instant());

            late.countDown();
            eventually("the late one is over", SOON, () -> before.worker().runningCount() == 0);

            assertThat(here.state(job.id())).isEqualTo("LIVE");
            current.countDown();
            eventually("the other is over", SOON, () -> now.worker().runningCount() == 0);
            assertThat(here.state(job.id())).isEqualTo("COMPLETED");
        } finally {
            late.countDown();
            current.countDown();
        }
    }

    static void a_lane_starts_no_more_than_its_limit(Installation here)
            throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        try {
            Rooms one = here.node(8, until(end));
            Rooms other = here.node(8, until(end));
            here.enqueue(one, probes(here, here.tenant("acme", 10, 2), 6, 5));

            one.worker().process(1, here.clock.instant());
            other.worker().process(4, here.clock.instant());

            assertThat(here.count("SELECT count(*) FROM lease")).isEqualTo(2);
        } finally {
            end.countDown();
        }
    }

    static void two_claims_at_once_keep_one_limit(Installation here) {
        CountDownLatch end = new CountDownLatch(1);
        try {
            Rooms slow = here.node(2, until(end));
            Rooms quick = here.node(2, until(end));
            TenantId tenant = here.tenant("acme", 10, 2);
            here.enqueue(slow, probes(here, tenant, 2, 5));
            CompletableFuture<Void> claiming =
                    here.database.inTransaction(handle -> {
                        handle.execute(
                                "SELECT 1 FROM node WHERE node_id = ? FOR UPDATE",
                                slow.membership().node().value());
                        CompletableFuture<Void> claim =
                                CompletableFuture.runAsync(
                                        () -> slow.worker().runOnce(here.clock.instant()));
                        eventually(
                                "it has tickets, but no leases yet",
                                SOON,
                                () -> here.count(WAITERS) == 1);
                        here.enqueue(quick, probes(here, tenant, 2, 9));
                        quick.worker().runOnce(here.clock.instant());
                        return claim;
                    });
            claiming.join();

            assertThat(here.count("SELECT count(*) FROM lease")).isEqualTo(2);
        } finally {
            end.countDown();
        }
    }

    static void a_paused_lane_starts_nothing(Installation here) {
        Rooms engine = here.node(2);
        TenantId tenant = here.tenant("acme", 10, 2);
        here.enqueue(engine, probes(here, tenant, 1, 5));
        engine.lanes().pause(tenant);

        engine.worker().rung();
        engine.worker().runOnce(here.clock.instant());

        assertThat(here.count("SELECT count(*) FROM ready")).isEqualTo(1);
    }

    static void a_reserved_lane_starts_nothing(Installation here) {
        Rooms engine = here.node(2);
        TenantId tenant = here.tenant("acme", 10, 2);
        here.enqueue(engine, probes(here, tenant, 1, 5));
        engine.reservations()
                .reserve(tenant, "test", Duration.ofMinutes(1), null, here.clock.instant());

        engine.worker().rung();
        engine.worker().runOnce(here.clock.instant());

        assertThat(here.count("SELECT count(*) FROM ready")).isEqualTo(1);
    }

    static void a_node_without_a_heartbeat_starts_nothing(Installation here) {
        Rooms silent = here.node(2);
        here.clock.advance(Duration.ofSeconds(31));
        here.enqueue(silent, probes(here, here.tenant("acme", 10, 2), 1, 5));

        silent.worker().runOnce(here.clock.instant());

        assertThat(here.count("SELECT count(*) FROM ready")).isEqualTo(1);
    }

    static void the_same_request_again_is_the_same_run(Installation here) {
        Rooms engine = here.node(0);
        TenantId tenant = here.tenant("acme", 10, 2);

        for (int i = 0; i < 2; i++) {
            engine.launcher().launch(request(tenant), here.clock.instant());
        }

        assertThat(here.count("SELECT count(*) FROM job")).isEqualTo(1);
    }

    static void an_instant_that_comes_due_again_fires_nothing(Installation here) {
        JobHandler pipeline = JobHandler.of(Job.PIPELINE, _ -> Outcome.Completed.plain());
        Rooms engine = here.node(1, pipeline);
        TenantId tenant = here.tenant("acme", 10, 2);
        Instant now = here.clock.instant();
        Instant due = now.minusSeconds(60);
        ConfigId config = here.config(engine, tenant, "probe", 5, due);
        engine.scheduler().trigger(now, 10);
        engine.worker().runOnce(now);
        eventually("it has run", SOON, () -> here.count("SELECT count(*) FROM run") == 1);
        engine.configs().change(tenant, config, dueAt(due), now);

        engine.scheduler().trigger(now, 10);

        assertThat(here.count("SELECT count(*) FROM job")).isEqualTo(1);
    }

    static void a_pool_of_one_has_one_holder(Installation here) throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        try {
            Rooms engine = here.node(4, until(end));
            for (String name : List.of("acme", "globex")) {
                TenantId tenant = here.tenant(name, 10, 2);
                here.enqueue(engine, List.of(here.probe(tenant, 5, Map.of(), "ollama-local")));
            }

            engine.worker().process(4, here.clock.instant());

            assertThat(here.count("SELECT count(*) FROM lease")).isEqualTo(1);
        } finally {
            end.countDown();
        }
    }

    static void a_retry_waits_for_its_pause(Installation here) {
        Rooms engine = here.node(1);
        Job job = here.probe(here.tenant("acme", 10, 1), 5, Map.of("outcome", "FAILED"));
        here.enqueue(engine, List.of(job));
        engine.worker().runOnce(here.clock.instant());
        eventually("it fails", SOON, () -> here.retryOf(job.id()).isPresent());

        engine.queue().promoteDue(here.clock.instant());

        assertThat(here.count("SELECT count(*) FROM ready")).isZero();
    }

    private static List<Job> probes(Installation here, TenantId tenant, int count, int priority) {
        return IntStream.range(0, count)
                .mapToObj(_ -> here.probe(tenant, priority, Map.of()))
                .toList();
    }

    private static RunRequest request(TenantId tenant) {
        TemplatePath template = new TemplatePath("system", "diagnostics", "probe");
        return new RunRequest(tenant, template, Map.of(), "test", null, null, 5, null, null, null);
    }

    private static ConfigDraft dueAt(Instant due) {
        return new ConfigDraft(
                null, null, null, null, null, null, null, null, null, null, null, null, due);
    }
}
