package dev.convergence.engine;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.launch.RunRequest;
import dev.convergence.engine.pipeline.ConfigDraft;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.queue.TenantRemoval;
import dev.convergence.engine.quota.QuotaLedger;
import dev.convergence.engine.template.TemplatePath;
import dev.convergence.engine.worker.Execution;
import dev.convergence.engine.worker.JobHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Two at the same time, stopped at the worst moment.
class RaceTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private static final String WAITERS =
            """
            SELECT count(*) FROM pg_locks WHERE NOT granted
            """;

    private final Installation installation = new Installation();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void the_books_are_in_order() throws InterruptedException {
        threads.shutdown();
        installation.close();
    }

    @Test
    void waking_lanes_and_ending_jobs_never_wait_in_a_circle() {
        Rooms engine = installation.node(1);
        TenantId second = installation.tenant("b-tenant", 10, 1);
        TenantId first = installation.tenant("a-tenant", 10, 1);
        installation.database.transact(handle ->
                engine.queue()
                        .enqueue(
                                handle,
                                List.of(
                                        installation.probe(first, 5, Map.of()),
                                        installation.probe(second, 5, Map.of()))));

        CompletableFuture<Void> woken =
                installation.database.inTransaction(handle -> {
                    handle.execute("SELECT 1 FROM lane WHERE tenant_id = 'a-tenant' FOR UPDATE");
                    CompletableFuture<Void> waking =
                            CompletableFuture.runAsync(
                                    () -> engine.queue().committed(Set.of(first, second)), threads);
                    awaitWaiters(1);
                    handle.execute("SELECT 1 FROM lane WHERE tenant_id = 'b-tenant' FOR UPDATE");
                    return waking;
                });
        woken.join();
    }

    @Test
    void an_end_that_waited_for_a_lane_that_changed_meanwhile_is_counted() {
        CountDownLatch goOn = new CountDownLatch(1);
        Rooms engine = installation.node(1, waiting(goOn));
        TenantId tenant = installation.tenant("acme", 10, 1);
        Job job = installation.probe(tenant, 5, Map.of());
        installation.enqueue(engine, List.of(job));
        engine.worker().runOnce(installation.clock.instant());

        installation.database.transact(handle -> {
            handle.execute("UPDATE lane SET weight = 2");
            goOn.countDown();
            awaitWaiters(1);
        });

        eventually("it ends", SOON, () -> installation.state(job.id()).equals("COMPLETED"));
        assertThat(installation.count("SELECT running FROM lane")).isZero();
    }

    private static JobHandler waiting(CountDownLatch goOn) {
        return JobHandler.of(
                Job.PROBE,
                _ -> {
                    goOn.await();
                    return Outcome.Completed.plain();
                });
    }

    @Test
    void two_changes_of_a_config_both_last() {
        Rooms engine = installation.node(0);
        TenantId tenant = installation.tenant("acme", 10, 1);
        Instant due = installation.clock.instant().plusSeconds(600);
        ConfigId config = installation.config(engine, tenant, "probe", 5, due);

        CompletableFuture<?> change =
                installation.database.inTransaction(handle -> {
                    handle.execute("SELECT 1 FROM schedule FOR UPDATE");
                    handle.execute("UPDATE pipeline_config SET priority = 9");
                    handle.execute("UPDATE schedule SET is_enabled = true");
                    CompletableFuture<?> described =
                            CompletableFuture.supplyAsync(
                                    () ->
                                            engine.configs()
                                                    .change(
                                                            tenant,
                                                            config,
                                                            described("new"),
                                                            installation.clock.instant()),
                                    threads);
                    awaitWaiters(1);
                    return described;
                });
        change.join();

        assertThat(engine.configs().find(tenant, config).description()).isEqualTo("new");
        assertThat(engine.configs().find(tenant, config).priority()).isEqualTo(9);
    }

    @Test
    void a_tenant_that_is_deleted_while_a_run_is_accepted_leaves_nothing() {
        Rooms engine = installation.node(0);
        TenantId tenant = installation.tenant("acme", 10, 1);
        Instant now = installation.clock.instant();
        installation.database.transact(handle -> QuotaLedger.lock(handle, tenant, now));

        CompletableFuture<?> all =
                installation.database.inTransaction(handle -> {
                    handle.execute("SELECT 1 FROM quota_usage FOR UPDATE");
                    CompletableFuture<?> launched =
                            CompletableFuture.runAsync(
                                    () -> engine.launcher().launch(run(tenant), now), threads);
                    awaitWaiters(1);
                    CompletableFuture<?> deleted =
                            CompletableFuture.runAsync(() -> delete(tenant), threads);
                    awaitWaiters(2);
                    return CompletableFuture.allOf(launched.exceptionally(_ -> null), deleted);
                });
        all.join();

        assertThat(installation.count("SELECT count(*) FROM ready")).isZero();
        assertThat(installation.count("SELECT count(*) FROM job")).isZero();
        assertThat(installation.count("SELECT count(*) FROM in_flight")).isZero();
    }

    @Test
    void a_ticket_without_a_job_holds_up_no_other_tenant() {
        Rooms engine = installation.node(4);
        TenantId broken = installation.tenant("a-broken", 10, 1);
        TenantId healthy = installation.tenant("b-healthy", 10, 1);
        Job job = installation.probe(healthy, 5, Map.of());
        installation.database.transact(handle ->
                handle.execute(
                        "INSERT INTO ready (tenant_id, priority, job_id) VALUES ('a-broken', 5, '01a201da-1383-7000-8013-2d06a8027e20')"));
        engine.queue().committed(Set.of(broken));
        installation.enqueue(engine, List.of(job));

        engine.worker().runOnce(installation.clock.instant());

        eventually("it ends", SOON, () -> installation.state(job.id()).equals("COMPLETED"));
    }

    @Test
    void a_result_that_cannot_be_written_holds_up_no_other() throws InterruptedException {
        CountDownLatch failed = new CountDownLatch(1);
        Rooms engine = installation.node(4, new Unwritable(failed));
        TenantId one = installation.tenant("one", 10, 1);
        TenantId other = installation.tenant("other", 10, 1);
        Job bad = installation.probe(one, 5, Map.of("bad", true));
        Job good = installation.probe(other, 5, Map.of());
        installation.enqueue(engine, List.of(bad));
        engine.worker().runOnce(installation.clock.instant());
        failed.await();
        installation.enqueue(engine, List.of(good));
        engine.worker().runOnce(installation.clock.instant());

        eventually("the good one ends", SOON, () -> !installation.state(good.id()).equals("LIVE"));
    }

    private record Unwritable(CountDownLatch failed) implements JobHandler {
        @Override
        public String type() {
            return Job.PROBE;
        }

        @Override
        public Outcome handle(Execution execution) {
            if (execution.job().params().isEmpty()) {
                return new Outcome.Completed(0, Map.of(), Map.of());
            }
            failed.countDown();
            return Outcome.Failed.of("read \u0000 in line 3", "BAD", false);
        }
    }

    private void delete(TenantId tenant) {
        installation.database.transact(handle -> {
            TenantRemoval.remove(handle, tenant);
            handle.execute("DELETE FROM tenant WHERE tenant_id = ?", tenant.value());
        });
    }

    private static RunRequest run(TenantId tenant) {
        return new RunRequest(
                tenant,
                new TemplatePath("system", "diagnostics", "probe"),
                Map.of(),
                "test",
                null,
                null,
                5,
                null,
                null,
                null);
    }

    private static ConfigDraft described(@Nullable String description) {
        return new ConfigDraft(
                null,
                null,
                null,
                null,
                description,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private void awaitWaiters(int count) {
        eventually("somebody waits", SOON, () -> installation.count(WAITERS) == count);
    }
}
