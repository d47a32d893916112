package dev.convergence.engine;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.event.EngineEvent;
import dev.convergence.engine.event.EngineEvent.QuotaAlarm;
import dev.convergence.engine.event.EngineEvent.RunRefused;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.launch.RunRequest;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.quota.QuotaReset;
import dev.convergence.engine.subscription.LimitOverride;
import dev.convergence.engine.subscription.OverrideWish;
import dev.convergence.engine.subscription.SubscriptionChange;
import dev.convergence.engine.subscription.SubscriptionChange.Bounds;
import dev.convergence.engine.subscription.Subscriptions;
import dev.convergence.engine.template.TemplatePath;
import dev.convergence.engine.worker.JobHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Limits hold exactly, days and months begin by themselves, other limits hold for a time.
class QuotaTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final JobHandler COMPLETES =
            JobHandler.of(Job.PIPELINE, _ -> Outcome.Completed.plain());

    private static final String DAYS =
            "SELECT usage_date || ' ' || run_today || ' ' || run_month FROM quota_usage ORDER BY usage_date";

    private final Installation installation = new Installation();
    private final Queue<EngineEvent> heard = new ConcurrentLinkedQueue<>();

    @AfterEach
    void the_books_are_in_order() throws InterruptedException {
        installation.close();
    }

    @Test
    void sixty_four_callers_on_two_nodes_get_exactly_six() throws Exception {
        List<Rooms> nodes =
                List.of(installation.node(0, COMPLETES), installation.node(0, COMPLETES));
        TenantId tenant = installation.tenant("acme", 6, 100);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger accepted = new AtomicInteger();
        Queue<ErrorCode> refusals = new ConcurrentLinkedQueue<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(64)) {
            List<Future<?>> calls =
                    IntStream.range(0, 64)
                            .<Future<?>>mapToObj(i ->
                                    callers.submit(() -> {
                                        go.await();
                                        ErrorCode refusal = launch(nodes.get(i % 2), tenant, i);
                                        if (refusal == null) {
                                            accepted.incrementAndGet();
                                        } else {
                                            refusals.add(refusal);
                                        }
                                        return null;
                                    }))
                            .toList();
            go.countDown();
            for (Future<?> call : calls) {
                call.get();
            }
        }
        assertThat(accepted).hasValue(6);
        assertThat(refusals).hasSize(58).containsOnly(ErrorCode.DAILY_QUOTA_EXCEEDED);
        assertThat(installation.count("SELECT run_today FROM quota_usage")).isEqualTo(6);
        assertThat(installation.count("SELECT count(*) FROM job")).isEqualTo(6);
    }

    @Test
    void a_concurrent_limit_of_three_is_never_four_seen_from_outside_every_20_ms()
            throws Exception {
        int samplesMin = 11;
        TenantId tenant = installation.tenant("acme", 10_000, 3);
        Phaser samples = new Phaser(1);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        JobHandler busy =
                JobHandler.of(
                        Job.PROBE,
                        _ -> {
                            most.accumulateAndGet(now.incrementAndGet(), Math::max);
                            int sample = samples.getPhase();
                            if (sample < samplesMin) {
                                samples.awaitAdvance(sample);
                            } else {
                                new CountDownLatch(1).await(5, TimeUnit.MILLISECONDS);
                            }
                            now.decrementAndGet();
                            return Outcome.Completed.plain();
                        });
        List<Rooms> nodes =
                IntStream.range(0, 3).mapToObj(_ -> installation.node(6, busy)).toList();
        installation.enqueue(
                nodes.getFirst(),
                IntStream.range(0, 300)
                        .mapToObj(_ -> installation.probe(tenant, 5, Map.of()))
                        .toList());
        AtomicInteger seen = new AtomicInteger();
        try (ScheduledExecutorService sampler = Executors.newSingleThreadScheduledExecutor()) {
            sampler.scheduleAtFixedRate(
                    () -> {
                        seen.accumulateAndGet(
                                (int) installation.count("SELECT count(*) FROM lease"), Math::max);
                        samples.arrive();
                    },
                    0,
                    20,
                    TimeUnit.MILLISECONDS);
            eventually(
                    "all have run",
                    SOON,
                    () -> {
                        nodes.parallelStream()
                                .forEach(node ->
                                        node.worker().runOnce(installation.clock.instant()));
                        return installation.count("SELECT count(*) FROM run") == 300;
                    });
        }
        assertThat(samples.getPhase()).isGreaterThanOrEqualTo(samplesMin);
        assertThat(seen.get()).isBetween(1, 3);
        assertThat(most.get()).isBetween(1, 3);
    }

    @Test
    void a_day_and_a_month_begin_without_any_job_and_what_was_stays() {
        Rooms engine = installation.node(0, COMPLETES);
        TenantId tenant = installation.tenant("acme", 3, 100);
        installation.database.transact(
                handle -> handle.execute("UPDATE subscription SET monthly_limit = 5"));
        installation.clock.set(Instant.parse("2026-11-29T23:59:59.999Z"));
        launchAll(engine, tenant, 3);
        assertThat(launch(engine, tenant, 99)).isEqualTo(ErrorCode.DAILY_QUOTA_EXCEEDED);

        installation.clock.set(Instant.parse("2026-11-30T00:00:00Z"));
        launchAll(engine, tenant, 2);
        assertThat(launch(engine, tenant, 99)).isEqualTo(ErrorCode.MONTHLY_QUOTA_EXCEEDED);

        installation.clock.set(Instant.parse("2026-12-01T00:00:00Z"));
        launchAll(engine, tenant, 3);
        assertThat(launch(engine, tenant, 99)).isEqualTo(ErrorCode.DAILY_QUOTA_EXCEEDED);
        List<String> days =
                installation.database.read(
                        handle -> handle.createQuery(DAYS).mapTo(String.class).list());
        assertThat(days).containsExactly("2026-11-29 3 3", "2026-11-30 2 5", "2026-12-01 3 3");
    }

    @Test
    void a_reset_zeroes_today_only_and_twice_is_once() {
        Rooms engine = installation.node(0, COMPLETES);
        TenantId tenant = installation.tenant("acme", 3, 100);
        installation.tenant("globex", 3, 100);
        installation.clock.advance(Duration.ofDays(-1));
        launchAll(engine, tenant, 2);
        installation.clock.advance(Duration.ofDays(1));
        launchAll(engine, tenant, 3);
        installation.database.transact(handle ->
                handle.execute(
                        "INSERT INTO quota_usage (tenant_id, usage_date, created_at, updated_at) VALUES ('acme', '2026-08-23', now(), now()), ('acme', '2026-08-24', now(), now())"));

        QuotaReset reset = new QuotaReset(installation.database);
        assertThat(reset.reset(installation.clock.instant()))
                .isEqualTo(new QuotaReset.Result(2, 1));
        assertThat(reset.reset(installation.clock.instant()))
                .isEqualTo(new QuotaReset.Result(2, 0));

        launchAll(engine, tenant, 3);
        assertThat(
                        installation.count(
                                "SELECT run_month FROM quota_usage WHERE tenant_id = 'acme' AND usage_date = '2026-11-22'"))
                .isEqualTo(8);
        assertThat(
                        installation.count(
                                "SELECT run_today FROM quota_usage WHERE usage_date = '2026-11-21'"))
                .isEqualTo(2);
    }

    @Test
    void other_limits_hold_until_their_instant_and_leave_a_record() {
        Rooms engine = installation.node(0, COMPLETES);
        TenantId tenant = installation.tenant("acme", 1, 1);
        Instant now = installation.clock.instant();
        launchAll(engine, tenant, 1);
        override(engine, tenant, 4, 3, now.plusSeconds(3600), "A migration.");

        launchAll(engine, tenant, 2);
        assertThat(launch(engine, tenant, 98)).isEqualTo(ErrorCode.CONCURRENT_LIMIT_EXCEEDED);
        override(engine, tenant, 4, 9, now.plusSeconds(3600), "A larger one.");
        assertThat(launch(engine, tenant, 97)).isNull();
        assertThat(launch(engine, tenant, 99)).isEqualTo(ErrorCode.DAILY_QUOTA_EXCEEDED);

        installation.clock.set(now.plusSeconds(3600));
        engine.overrides().runOnce(installation.clock.instant());
        assertThat(installation.count("SELECT concurrent_limit FROM lane")).isEqualTo(1);
        assertThat(engine.overrides().list(tenant, null, 10))
                .extracting(LimitOverride::reason, LimitOverride::createdBy, LimitOverride::endedBy)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("A larger one.", "ops", "expiry"),
                        org.assertj.core.groups.Tuple.tuple("A migration.", "ops", "ops"));
    }

    @Test
    void a_change_of_the_plan_does_not_take_what_holds_for_a_time() {
        Rooms engine = installation.node(0, COMPLETES);
        TenantId tenant = installation.tenant("acme", 1, 1);
        Instant now = installation.clock.instant();
        override(engine, tenant, null, 7, now.plusSeconds(3600), "A test.");

        new Subscriptions(installation.database)
                .change(tenant, SubscriptionChange.limits(5, 50, 2), Bounds.QUOTA, now);
        assertThat(installation.count("SELECT concurrent_limit FROM lane")).isEqualTo(7);

        engine.overrides().end(tenant, "ops", now);
        assertThat(installation.count("SELECT concurrent_limit FROM lane")).isEqualTo(2);
    }

    @Test
    void the_alarm_at_80_percent_and_the_first_refusal_are_told_once_by_one_of_two_nodes() {
        Rooms first = installation.heardNode(0, heard::add, COMPLETES);
        Rooms second = installation.heardNode(0, heard::add, COMPLETES);
        TenantId tenant = installation.tenant("acme", 5, 100);
        launchAll(first, tenant, 3);
        first.quotaAlarms().runOnce(installation.clock.instant());
        assertThat(heard).noneMatch(QuotaAlarm.class::isInstance);

        launchAll(second, tenant, 2);
        assertThat(launch(first, tenant, 99)).isEqualTo(ErrorCode.DAILY_QUOTA_EXCEEDED);
        assertThat(launch(first, tenant, 98)).isEqualTo(ErrorCode.DAILY_QUOTA_EXCEEDED);
        List.of(first, second, first)
                .forEach(node -> node.quotaAlarms().runOnce(installation.clock.instant()));

        assertThat(heard)
                .filteredOn(QuotaAlarm.class::isInstance)
                .extracting(event -> ((QuotaAlarm) event).isExceeded())
                .containsExactlyInAnyOrder(true, false);
        assertThat(heard).filteredOn(RunRefused.class::isInstance).hasSize(2);
    }

    private static void override(
            Rooms engine,
            TenantId tenant,
            @Nullable Integer daily,
            Integer concurrent,
            Instant until,
            String reason) {
        engine.overrides()
                .set(
                        tenant,
                        new OverrideWish(daily, null, concurrent, until, reason),
                        "ops",
                        engine.clock().instant());
    }

    private void launchAll(Rooms engine, TenantId tenant, int count) {
        for (int i = 0; i < count; i++) {
            assertThat(launch(engine, tenant, System.nanoTime())).isNull();
        }
    }

    /// @return why it was refused; null when it was accepted
    private @Nullable ErrorCode launch(Rooms engine, TenantId tenant, long what) {
        try {
            engine.launcher()
                    .launch(
                            new RunRequest(
                                    tenant,
                                    new TemplatePath("system", "diagnostics", "probe"),
                                    Map.of("echo", what),
                                    "test",
                                    null,
                                    null,
                                    5,
                                    0,
                                    null,
                                    null),
                            installation.clock.instant());
            return null;
        } catch (EngineException refusal) {
            return refusal.code();
        }
    }
}
