package dev.convergence.engine;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.job.RetryPolicy;
import dev.convergence.engine.launch.ScheduledJob;
import dev.convergence.engine.pipeline.ConfigHistory;
import dev.convergence.engine.pipeline.ConfigHistory.Ran;
import dev.convergence.engine.quota.QuotaLedger;
import dev.convergence.engine.quota.QuotaLedger.EndedChain;
import dev.convergence.engine.quota.QuotaLedger.Reservation;
import dev.convergence.engine.quota.QuotaLedger.Result;
import dev.convergence.engine.quota.QuotaState;
import dev.convergence.engine.template.TemplatePath;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Those that count runs of several tenants, at the same time and from different ends.
class UsageRaceTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int ROUNDS = 60;

    private final Installation installation = new Installation();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Instant now = installation.clock.instant();

    @AfterEach
    void the_books_are_in_order() throws InterruptedException {
        threads.shutdown();
        installation.close();
    }

    @Test
    void settling_takes_usage_rows_in_the_order_of_tenants_whatever_order_it_is_given() {
        List<TenantId> tenants = tenants(2);
        reserve(tenants);

        CompletableFuture<Void> settled =
                installation.database.inTransaction(handle -> {
                    handle.execute("SELECT 1 FROM quota_usage WHERE tenant_id = 't-00' FOR UPDATE");
                    CompletableFuture<Void> settling =
                            CompletableFuture.runAsync(() -> settle(tenants.reversed()), threads);
                    awaitWaiter();
                    handle.execute("SELECT 1 FROM quota_usage WHERE tenant_id = 't-01' FOR UPDATE");
                    return settling;
                });
        settled.join();

        assertThat(installation.count("SELECT sum(succeeded_today) FROM quota_usage")).isEqualTo(2);
    }

    @Test
    void history_takes_configs_in_the_order_of_their_ids_whatever_order_it_is_given() {
        Rooms engine = installation.node(0);
        TenantId tenant = installation.tenant("acme", 10, 1);
        List<ConfigId> configs =
                IntStream.range(0, 2)
                        .mapToObj(i -> installation.config(engine, tenant, "probe" + i, 5, now))
                        .toList();
        List<Ran> reversed =
                configs.reversed().stream()
                        .map(config -> new Ran(config, "SUCCESS", true))
                        .toList();

        CompletableFuture<Void> written =
                installation.database.inTransaction(handle -> {
                    handle.execute(lockConfig(configs.getFirst()));
                    CompletableFuture<Void> writing =
                            CompletableFuture.runAsync(
                                    () ->
                                            installation.database.transact(other ->
                                                    ConfigHistory.ran(other, reversed, now)),
                                    threads);
                    awaitWaiter();
                    handle.execute(lockConfig(configs.getLast()));
                    return writing;
                });
        written.join();

        assertThat(engine.configs().find(tenant, configs.getLast()).lastRunStatus())
                .isEqualTo("SUCCESS");
    }

    private static String lockConfig(ConfigId config) {
        return "SELECT 1 FROM pipeline_config WHERE config_id = '" + config + "' FOR UPDATE";
    }

    @Test
    void those_who_reserve_and_those_who_settle_never_wait_in_a_circle() {
        List<TenantId> tenants = tenants(12);
        List<CompletableFuture<Void>> all =
                List.of(
                        hammer(tenants, 1, this::reserve),
                        hammer(tenants, 2, this::settle),
                        hammer(tenants, 3, this::reserve),
                        hammer(tenants, 4, this::settle));

        all.forEach(CompletableFuture::join);

        assertThat(installation.count("SELECT sum(run_month) FROM quota_usage"))
                .isEqualTo(2 * ROUNDS * 6);
    }

    @Test
    void two_days_that_are_opened_at_midnight_count_each_others_runs_in_the_month() {
        TenantId tenant = tenants(1).getFirst();
        Instant late = Instant.parse("2026-11-22T23:59:59Z");
        Instant early = late.plusSeconds(2);
        CompletableFuture<QuotaState> opened =
                installation.database.inTransaction(handle -> {
                    QuotaState state = QuotaLedger.lock(handle, tenant, late);
                    CompletableFuture<QuotaState> opening =
                            CompletableFuture.supplyAsync(() -> lock(tenant, early), threads);
                    awaitWaiter();
                    QuotaLedger.reserve(handle, tenant, state, 1, late);
                    return opening;
                });

        assertThat(opened.join().runMonth()).isEqualTo(1);
    }

    private static final String COUNTED =
            """
            SELECT concat_ws(' ', tenant_id, usage_date, succeeded_today, failed_today, cancelled_today)
            FROM quota_usage ORDER BY tenant_id, usage_date
            """;

    @Test
    void chains_are_counted_on_the_days_on_which_they_were_accepted() {
        List<TenantId> tenants = tenants(2);
        Instant yesterday = now.minus(Duration.ofDays(1));
        for (Instant day : List.of(yesterday, now)) {
            installation.database.transact(handle -> QuotaLedger.lock(handle, tenants, day));
        }
        Job retry = retryOf(job(tenants.getFirst(), yesterday), now);
        List<EndedChain> chains =
                List.of(
                        new EndedChain(job(tenants.getFirst(), now), Result.SUCCEEDED),
                        new EndedChain(job(tenants.getFirst(), now), Result.SUCCEEDED),
                        new EndedChain(retry, Result.FAILED),
                        new EndedChain(job(tenants.getLast(), now), Result.CANCELLED));

        installation.database.transact(handle -> QuotaLedger.settled(handle, chains, now));

        List<String> counted =
                installation.database.read(
                        handle -> handle.createQuery(COUNTED).mapTo(String.class).list());
        assertThat(counted)
                .containsExactly(
                        "t-00 2026-11-21 0 1 0",
                        "t-00 2026-11-22 2 0 0",
                        "t-01 2026-11-21 0 0 0",
                        "t-01 2026-11-22 0 0 1");
    }

    private CompletableFuture<Void> hammer(
            List<TenantId> tenants, int seed, Consumer<List<TenantId>> work) {
        Random random = new Random(seed);
        return CompletableFuture.runAsync(
                () -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        List<TenantId> some = new ArrayList<>(tenants);
                        Collections.shuffle(some, random);
                        work.accept(some.subList(0, 6));
                    }
                },
                threads);
    }

    private List<TenantId> tenants(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> installation.tenant("t-%02d".formatted(i), 10_000, 5))
                .toList();
    }

    private QuotaState lock(TenantId tenant, Instant at) {
        return installation.database.inTransaction(handle -> QuotaLedger.lock(handle, tenant, at));
    }

    private void reserve(List<TenantId> tenants) {
        installation.database.transact(handle -> {
            Map<TenantId, QuotaState> states = QuotaLedger.lock(handle, tenants, now);
            List<Reservation> one = new ArrayList<>();
            states.forEach((tenant, state) -> one.add(new Reservation(tenant, state, 1, false)));
            QuotaLedger.reserve(handle, one, now);
        });
    }

    private void settle(List<TenantId> tenants) {
        List<EndedChain> chains =
                tenants.stream()
                        .map(tenant -> new EndedChain(job(tenant, now), Result.SUCCEEDED))
                        .toList();
        installation.database.transact(handle -> QuotaLedger.settled(handle, chains, now));
    }

    private static Job job(TenantId tenant, Instant at) {
        return ScheduledJob.of(
                tenant,
                new ConfigId(JobId.next(at).value()),
                new TemplatePath("system", "diagnostics", "probe"),
                Map.of(),
                5,
                RetryPolicy.withBase(Duration.ofSeconds(60)),
                at,
                true,
                at);
    }

    private static Job retryOf(Job failed, Instant at) {
        return new Job(
                JobId.next(at),
                failed.tenant(),
                failed.type(),
                failed.params(),
                failed.priority(),
                1,
                failed.id(),
                failed.root(),
                failed.retry(),
                null,
                failed.origin().retried());
    }

    private void awaitWaiter() {
        eventually(
                "somebody waits",
                SOON,
                () -> installation.count("SELECT count(*) FROM pg_locks WHERE NOT granted") == 1);
    }
}
