package dev.convergence.engine;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.launch.Launched;
import dev.convergence.engine.launch.RunRequest;
import dev.convergence.engine.pipeline.ConfigDraft;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.schedule.Triggered;
import dev.convergence.engine.slot.SlotOutcome;
import dev.convergence.engine.template.TemplatePath;
import dev.convergence.engine.worker.Execution;
import dev.convergence.engine.worker.JobHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Ending ALWAYS_COMPLETES = new Ending(false);

    private final Installation installation = new Installation();
    private final Instant now = installation.clock.instant();

    @AfterEach
    void the_books_are_in_order() throws InterruptedException {
        installation.close();
    }

    @Test
    void a_due_config_fires_once_and_is_due_next_at_its_cron_slot() {
        Rooms engine = installation.node(4, ALWAYS_COMPLETES);
        TenantId tenant = installation.tenant("acme", 10, 2);
        ConfigId config = installation.config(engine, tenant, "probe", 5, now.minusSeconds(60));

        Triggered first = engine.scheduler().trigger(now, 1000);
        Triggered second = engine.scheduler().trigger(now, 1000);

        assertThat(first.fired()).isEqualTo(1);
        assertThat(second.decisions()).isEmpty();
        assertThat(engine.configs().find(tenant, config).nextRunTime())
                .isEqualTo(Instant.parse("2026-11-23T02:00:00Z"));
    }

    @Test
    void two_triggers_at_once_make_one_run_for_each_config() {
        List<Rooms> nodes =
                List.of(
                        installation.node(0, ALWAYS_COMPLETES),
                        installation.node(0, ALWAYS_COMPLETES));
        for (int i = 0; i < 5; i++) {
            TenantId tenant = installation.tenant("tenant_" + i, 100, 2);
            for (int j = 0; j < 10; j++) {
                installation.config(nodes.getFirst(), tenant, "probe" + j, 5, now.minusSeconds(j));
            }
        }

        List<Triggered> both =
                nodes.parallelStream().map(node -> node.scheduler().trigger(now, 1000)).toList();
        Triggered rest = nodes.getFirst().scheduler().trigger(now, 1000);

        long fired = both.stream().mapToLong(Triggered::fired).sum() + rest.fired();
        assertThat(fired).isEqualTo(50);
        assertThat(installation.count("SELECT count(*) FROM job")).isEqualTo(50);
        assertThat(installation.count("SELECT sum(run_today) FROM quota_usage")).isEqualTo(50);
    }

    @Test
    void configs_over_quota_are_skipped_with_a_reason_and_a_slot() {
        Rooms engine = installation.node(4, ALWAYS_COMPLETES);
        TenantId tenant = installation.tenant("acme", 1, 2);
        for (int priority : List.of(3, 9, 5)) {
            installation.config(engine, tenant, "probe" + priority, priority, now.minusSeconds(60));
        }

        Triggered triggered = engine.scheduler().trigger(now, 1000);

        assertThat(triggered.fired()).isEqualTo(1);
        assertThat(triggered.decisions())
                .filteredOn(d -> d.outcome() == SlotOutcome.SKIPPED_QUOTA)
                .hasSize(2)
                .allSatisfy(d ->
                        assertThat(d.reason()).isEqualTo("Quota exceeded: daily limit 1 reached"));
        assertThat(
                        installation.count(
                                "SELECT count(*) FROM run WHERE state = 'SKIPPED' AND error LIKE 'Quota exceeded%'"))
                .isEqualTo(2);
        assertThat(installation.count("SELECT priority FROM ready")).isEqualTo(9);
        assertThat(installation.count("SELECT count(*) FROM slot")).isEqualTo(3);
    }

    @Test
    void a_config_whose_run_has_not_ended_does_not_fire_again() {
        Rooms engine = installation.node(0, ALWAYS_COMPLETES);
        TenantId tenant = installation.tenant("acme", 10, 2);
        ConfigId config = installation.config(engine, tenant, "probe", 5, now.minusSeconds(60));
        engine.scheduler().trigger(now, 1000);
        makeDue(engine, tenant, config, now.minusSeconds(30));

        Triggered again = engine.scheduler().trigger(now, 1000);

        assertThat(again.decisions())
                .singleElement()
                .extracting(Triggered.Decision::outcome)
                .isEqualTo(SlotOutcome.SKIPPED_OVERLAP);
        assertThat(installation.count("SELECT run_today FROM quota_usage")).isEqualTo(1);
    }

    @Test
    void the_same_due_instant_is_decided_once_even_when_it_is_set_again() {
        Rooms engine = installation.node(4, ALWAYS_COMPLETES);
        TenantId tenant = installation.tenant("acme", 10, 2);
        Instant due = now.minusSeconds(60);
        ConfigId config = installation.config(engine, tenant, "probe", 5, due);
        engine.scheduler().trigger(now, 1000);
        runAll(engine);
        makeDue(engine, tenant, config, due);

        assertThat(engine.scheduler().trigger(now, 1000).decisions()).isEmpty();
        assertThat(installation.count("SELECT count(*) FROM job")).isEqualTo(1);
    }

    @Test
    void one_instant_that_is_decided_already_does_not_keep_the_batch_from_firing() {
        Rooms engine = installation.node(4, ALWAYS_COMPLETES);
        TenantId tenant = installation.tenant("acme", 100, 2);
        Instant due = now.minusSeconds(60);
        ConfigId config = installation.config(engine, tenant, "probe", 5, due);
        engine.scheduler().trigger(now, 1000);
        makeDue(engine, tenant, config, due);
        IntStream.range(0, 20)
                .forEach(i -> installation.config(engine, tenant, "probe" + i, 5, due));

        assertThat(engine.scheduler().trigger(now, 1000).fired()).isEqualTo(20);
        assertThat(installation.count("SELECT count(*) FROM slot")).isEqualTo(21);
        assertThat(installation.count("SELECT run_today FROM quota_usage")).isEqualTo(21);
    }

    @Test
    void a_deleted_or_inactive_config_does_not_fire() {
        Rooms engine = installation.node(4, ALWAYS_COMPLETES);
        TenantId tenant = installation.tenant("acme", 10, 2);
        ConfigId deleted = installation.config(engine, tenant, "one", 5, now.minusSeconds(60));
        ConfigId paused = installation.config(engine, tenant, "two", 5, now.minusSeconds(60));
        engine.configs().delete(tenant, deleted, now);
        engine.configs().change(tenant, paused, active(false), now);

        assertThat(engine.scheduler().trigger(now, 1000).decisions()).isEmpty();
    }

    @Test
    void a_retry_of_a_pipeline_costs_no_quota_and_gives_way() {
        Rooms engine = installation.node(4, new Ending(true));
        TenantId tenant = installation.tenant("acme", 10, 2);
        ConfigId config = installation.config(engine, tenant, "probe", 5, now.minusSeconds(60));
        engine.scheduler().trigger(now, 1000);

        runAll(engine);

        assertThat(installation.count("SELECT priority FROM job WHERE attempt = 1")).isEqualTo(4);
        assertThat(installation.count("SELECT run_today FROM quota_usage")).isEqualTo(1);
        assertThat(installation.count("SELECT failed_today FROM quota_usage")).isZero();
        assertThat(engine.configs().find(tenant, config).lastRunStatus()).isEqualTo("FAILED");
        for (int pause : List.of(60, 120, 240)) {
            installation.clock.advance(Duration.ofSeconds(pause));
            engine.queue().promoteDue(installation.clock.instant());
            runAll(engine);
        }
        assertThat(installation.count("SELECT failed_today FROM quota_usage")).isEqualTo(1);
        assertThat(installation.count("SELECT count(*) FROM job")).isEqualTo(4);
        assertThat(installation.count("SELECT count(*) FROM in_flight")).isZero();
    }

    @Test
    void fifty_callers_at_once_get_exactly_what_remains() {
        Rooms engine = installation.node(0, ALWAYS_COMPLETES);
        TenantId tenant = installation.tenant("acme", 7, 50);

        long accepted =
                IntStream.range(0, 50)
                        .parallel()
                        .filter(i -> accepts(engine, tenant, i, ErrorCode.DAILY_QUOTA_EXCEEDED))
                        .count();

        assertThat(accepted).isEqualTo(7);
        assertThat(installation.count("SELECT run_today FROM quota_usage")).isEqualTo(7);
        assertThat(installation.count("SELECT count(*) FROM job")).isEqualTo(7);
    }

    @Test
    void manual_runs_beyond_the_concurrent_limit_are_refused_at_once() {
        Rooms engine = installation.node(0, ALWAYS_COMPLETES);
        TenantId tenant = installation.tenant("acme", 100, 3);

        long accepted =
                IntStream.range(0, 20)
                        .parallel()
                        .filter(i ->
                                accepts(engine, tenant, i, ErrorCode.CONCURRENT_LIMIT_EXCEEDED))
                        .count();

        assertThat(accepted).isEqualTo(3);
    }

    @Test
    void ten_identical_requests_are_one_run_and_cost_one_unit() {
        Rooms engine = installation.node(0, ALWAYS_COMPLETES);
        TenantId tenant = installation.tenant("acme", 100, 10);

        Set<Object> ids = ConcurrentHashMap.newKeySet();
        AtomicInteger fresh = new AtomicInteger();
        IntStream.range(0, 10)
                .parallel()
                .forEach(_ -> {
                    Launched launched =
                            engine.launcher()
                                    .launch(request(tenant, Map.of("date", "2026-11-01")), now);
                    ids.add(launched.job());
                    fresh.addAndGet(launched.isDuplicate() ? 0 : 1);
                });

        assertThat(ids).hasSize(1);
        assertThat(fresh).hasValue(1);
        assertThat(installation.count("SELECT run_today FROM quota_usage")).isEqualTo(1);
    }

    @Test
    void a_manual_run_that_is_cancelled_before_it_starts_gives_its_unit_back() {
        Rooms engine = installation.node(0, ALWAYS_COMPLETES);
        TenantId tenant = installation.tenant("acme", 100, 10);
        Launched launched = engine.launcher().launch(request(tenant, Map.of()), now);

        engine.queue().cancel(tenant, launched.job(), "by a user", now);

        assertThat(installation.count("SELECT run_today + run_month FROM quota_usage")).isZero();
        assertThat(engine.launcher().launch(request(tenant, Map.of()), now).isDuplicate())
                .isFalse();
    }

    @Test
    void the_month_goes_on_over_midnight_while_the_day_begins_again() {
        Rooms engine = installation.node(0, ALWAYS_COMPLETES);
        TenantId tenant = installation.tenant("acme", 1, 10);
        assertThat(accepts(engine, tenant, 1, ErrorCode.DAILY_QUOTA_EXCEEDED)).isTrue();
        assertThat(accepts(engine, tenant, 2, ErrorCode.DAILY_QUOTA_EXCEEDED)).isFalse();

        installation.clock.advance(Duration.ofDays(1));

        assertThat(accepts(engine, tenant, 3, ErrorCode.DAILY_QUOTA_EXCEEDED)).isTrue();
        assertThat(installation.count("SELECT max(run_month) FROM quota_usage")).isEqualTo(2);
        assertThat(installation.count("SELECT max(run_today) FROM quota_usage")).isEqualTo(1);
    }

    @Test
    void a_cron_that_never_comes_due_is_refused() {
        Rooms engine = installation.node(0, ALWAYS_COMPLETES);
        TenantId tenant = installation.tenant("acme", 1, 10);

        assertThatThrownBy(() -> engine.configs().create(tenant, cron("0 0 30 2 *"), null, now))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("cron");
    }

    private boolean accepts(Rooms engine, TenantId tenant, int number, ErrorCode refusal) {
        try {
            engine.launcher()
                    .launch(request(tenant, Map.of("echo", number)), installation.clock.instant());
            return true;
        } catch (EngineException refused) {
            assertThat(refused.code()).isEqualTo(refusal);
            assertThat(refused.facts()).containsKey("retry_after");
            return false;
        }
    }

    private static RunRequest request(TenantId tenant, Map<String, Object> parameters) {
        return new RunRequest(
                tenant,
                new TemplatePath("system", "diagnostics", "probe"),
                parameters,
                "test",
                null,
                null,
                5,
                null,
                null,
                null);
    }

    private void makeDue(Rooms engine, TenantId tenant, ConfigId config, Instant due) {
        engine.configs()
                .change(
                        tenant,
                        config,
                        new ConfigDraft(
                                null, null, null, null, null, null, null, null, null, null, null,
                                null, due),
                        now);
    }

    private static ConfigDraft active(boolean isActive) {
        return new ConfigDraft(
                null, null, null, null, null, null, null, isActive, null, null, null, null, null);
    }

    private static ConfigDraft cron(String cron) {
        return new ConfigDraft(
                "system",
                "diagnostics",
                "probe",
                null,
                null,
                cron,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private void runAll(Rooms engine) {
        engine.membership().runOnce(installation.clock.instant());
        eventually(
                "everything that is ready has ended",
                SOON,
                () -> {
                    engine.worker().runOnce(installation.clock.instant());
                    return engine.worker().runningCount() == 0
                            && installation.count("SELECT count(*) FROM ready") == 0;
                });
    }

    /// A pipeline handler that ends at once, one way or the other.
    private record Ending(boolean fails) implements JobHandler {
        @Override
        public String type() {
            return Job.PIPELINE;
        }

        @Override
        public Outcome handle(Execution execution) {
            return fails
                    ? Outcome.Failed.of("It was told to fail.", "TEST", true)
                    : new Outcome.Completed(0, Map.of(), Map.of());
        }
    }
}
