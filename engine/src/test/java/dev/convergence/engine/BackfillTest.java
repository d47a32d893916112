package dev.convergence.engine;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.convergence.engine.backfill.Backfill;
import dev.convergence.engine.backfill.Backfill.Direction;
import dev.convergence.engine.backfill.Backfill.Mode;
import dev.convergence.engine.backfill.Backfill.Obstacle;
import dev.convergence.engine.backfill.Backfill.Request;
import dev.convergence.engine.backfill.Backfill.State;
import dev.convergence.engine.backfill.BackfillInstant;
import dev.convergence.engine.backfill.BackfillPlan;
import dev.convergence.engine.backfill.PlannedInstant;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.recovery.Retention;
import dev.convergence.engine.recovery.RetentionPeriods;
import dev.convergence.engine.worker.Execution;
import dev.convergence.engine.worker.JobHandler;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Runs for the instants of past days. The clock shows noon of 22 November; configs are due at
/// 02:00.
class BackfillTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final LocalDate FIRST = LocalDate.parse("2026-11-01");

    private final Installation installation = new Installation();
    private final Queue<Job> ran = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean fails = new AtomicBoolean();
    private final CountDownLatch gone = new CountDownLatch(1);
    private final JobHandler pipelines = JobHandler.of(Job.PIPELINE, this::handle);

    @AfterEach
    void the_books_are_in_order() throws InterruptedException {
        gone.countDown();
        installation.close();
    }

    @Test
    void every_missing_instant_gets_one_run_with_its_day_and_a_slot() {
        Rooms engine = installation.node(8, pipelines);
        TenantId tenant = installation.tenant("acme", 100, 4);
        ConfigId config = config(engine, tenant);

        Backfill asked = ask(engine, tenant, config, request(10, Mode.MISSING, 3));
        finish(engine, asked);

        Backfill done = engine.backfills().find(tenant, asked.id());
        assertThat(done.state()).isEqualTo(State.COMPLETED);
        assertThat(done.counts().completed()).isEqualTo(10);
        assertThat(ran)
                .extracting(BackfillTest::date)
                .containsExactlyElementsOf(days(10).map(LocalDate::toString).toList());
        assertThat(ran)
                .allSatisfy(job -> {
                    assertThat(job.priority()).isZero();
                    assertThat(job.origin().slotAt())
                            .isEqualTo(LocalDate.parse(date(job)) + "T02:00:00Z");
                });
        assertThat(installation.count("SELECT count(*) FROM slot WHERE outcome = 'FIRED'"))
                .isEqualTo(10);
        assertThat(installation.count("SELECT run_today FROM quota_usage")).isEqualTo(10);
    }

    @Test
    void what_was_run_is_not_run_again_by_another_backfill_of_what_is_missing() {
        Rooms engine = installation.node(8, pipelines);
        TenantId tenant = installation.tenant("acme", 100, 4);
        ConfigId config = config(engine, tenant);
        Backfill first = ask(engine, tenant, config, request(5, Mode.MISSING, 2));
        Backfill second = ask(engine, tenant, config, request(7, Mode.MISSING, 2));

        finish(engine, first);
        finish(engine, second);

        assertThat(ran).hasSize(7).extracting(BackfillTest::date).doesNotHaveDuplicates();
        Backfill done = engine.backfills().find(tenant, second.id());
        assertThat(done.counts().completed() + done.counts().leftOut()).isEqualTo(7);
        assertThat(done.state()).isEqualTo(State.COMPLETED);
        Backfill third = ask(engine, tenant, config, request(7, Mode.MISSING, 2));
        assertThat(third.state()).isEqualTo(State.COMPLETED);
        assertThat(third.counts().total()).isZero();
    }

    @Test
    void failed_ones_are_run_again_and_the_ledger_names_the_new_run() {
        Rooms engine = installation.node(8, pipelines);
        TenantId tenant = installation.tenant("acme", 100, 4);
        ConfigId config = config(engine, tenant);
        fails.set(true);
        finish(engine, ask(engine, tenant, config, request(3, Mode.MISSING, 3)));
        fails.set(false);
        finish(engine, ask(engine, tenant, config, request(4, Mode.MISSING, 3)));
        ran.clear();

        Backfill again = ask(engine, tenant, config, request(4, Mode.FAILED, 3));
        finish(engine, again);

        assertThat(engine.backfills().find(tenant, again.id()).counts().completed()).isEqualTo(3);
        assertThat(ran).hasSize(3).allSatisfy(job -> assertThat(job.retryOf()).isNotNull());
        assertThat(
                        installation.count(
                                "SELECT count(*) FROM slot JOIN run USING (job_id) WHERE state = 'COMPLETED'"))
                .isEqualTo(4);
        assertThat(ask(engine, tenant, config, request(4, Mode.FAILED, 3)).counts().total())
                .isZero();
        assertThat(ask(engine, tenant, config, request(4, Mode.ALL, 3)).counts().total())
                .isEqualTo(4);
    }

    @Test
    void a_skipped_instant_is_missing_and_its_slot_keeps_the_old_reason() {
        Rooms engine = installation.node(8, pipelines);
        TenantId tenant = installation.tenant("acme", 1, 4);
        Instant due = Instant.parse("2026-11-22T02:00:00Z");
        installation.config(engine, tenant, "other", 9, due);
        ConfigId config = installation.config(engine, tenant, "probe", 5, due);
        engine.scheduler().trigger(installation.clock.instant(), 1000);
        installation.database.transact(
                handle -> handle.execute("UPDATE subscription SET daily_limit = 100"));

        LocalDate today = LocalDate.parse("2026-11-22");
        finish(
                engine,
                ask(
                        engine,
                        tenant,
                        config,
                        new Request(
                                today, today, Mode.MISSING, Direction.OLDEST_FIRST, 1, true, 1)));

        assertThat(
                        installation.count(
                                "SELECT count(*) FROM slot WHERE outcome = 'FIRED' AND reason LIKE '%Before: SKIPPED_QUOTA%'"))
                .isEqualTo(1);
        assertThat(ran).extracting(BackfillTest::date).contains("2026-11-21");
    }

    @Test
    void a_plan_lists_the_instants_and_the_quota_and_changes_nothing() {
        Rooms engine = installation.node(0, pipelines);
        TenantId tenant = installation.tenant("acme", 25, 4);
        ConfigId config = config(engine, tenant);

        BackfillPlan plan =
                engine.backfills()
                        .plan(
                                tenant,
                                config,
                                request(30, Mode.MISSING, 1, LocalDate.parse("2026-10-24")),
                                installation.clock.instant());

        assertThat(plan.instants()).hasSize(30).allMatch(PlannedInstant::isWanted);
        assertThat(plan.instants().getFirst().dueAt()).isEqualTo("2026-10-24T02:00:00Z");
        assertThat(plan.quota().runs()).isEqualTo(30);
        assertThat(plan.quota().keptToday()).isZero();
        assertThat(plan.quota().keptThisMonth()).isEqualTo(8);
        assertThat(plan.quota().today()).isEqualTo(25);
        assertThat(installation.count("SELECT count(*) FROM backfill")).isZero();
        assertThat(installation.count("SELECT count(*) FROM quota_usage")).isZero();
    }

    @Test
    void it_leaves_what_the_schedules_will_need_and_goes_on_the_next_day() {
        Rooms engine = installation.node(8, pipelines);
        TenantId tenant = installation.tenant("acme", 6, 4);
        ConfigId config = config(engine, tenant);
        Instant tonight = Instant.parse("2026-11-22T20:00:00Z");
        installation.config(engine, tenant, "evening", 5, tonight);

        Backfill asked = ask(engine, tenant, config, request(8, Mode.MISSING, 3));
        settle(engine);
        Backfill waiting = engine.backfills().find(tenant, asked.id());
        assertThat(waiting.state()).isEqualTo(State.RUNNING);
        assertThat(waiting.counts().completed()).isEqualTo(5);
        assertThat(waiting.obstacle())
                .isNotNull()
                .satisfies(o -> assertThat(o.cause()).isEqualTo(Obstacle.Cause.QUOTA))
                .satisfies(o -> assertThat(o.because()).contains("5 are used and 1 are kept"));

        installation.clock.set(tonight);
        engine.membership().runOnce(tonight);
        assertThat(engine.scheduler().trigger(tonight, 1000).fired()).isEqualTo(1);
        settle(engine);
        assertThat(engine.backfills().find(tenant, asked.id()).counts().completed()).isEqualTo(5);

        installation.clock.set(Instant.parse("2026-11-23T00:00:10Z"));
        finish(engine, asked);
        assertThat(engine.backfills().find(tenant, asked.id()).counts().completed()).isEqualTo(8);
    }

    @Test
    void scheduled_work_is_claimed_before_a_backfills_and_a_place_stays_free_for_it() {
        JobHandler held =
                JobHandler.of(
                        Job.PIPELINE,
                        execution -> {
                            ran.add(execution.job());
                            gone.await();
                            return Outcome.Completed.plain();
                        });
        Rooms engine = installation.node(16, held);
        TenantId tenant = installation.tenant("acme", 100, 3);
        ConfigId config = config(engine, tenant);
        Backfill asked = ask(engine, tenant, config, request(20, Mode.MISSING, 20));
        advance(engine);
        engine.worker().runOnce(installation.clock.instant());
        eventually("two run", SOON, () -> ran.size() == 2);
        advance(engine);
        assertThat(engine.backfills().find(tenant, asked.id()).counts().live()).isEqualTo(2);

        for (int priority = 1; priority <= 3; priority++) {
            installation.config(
                    engine, tenant, "due" + priority, priority, installation.clock.instant());
        }
        engine.scheduler().trigger(installation.clock.instant(), 1000);
        engine.worker().runOnce(installation.clock.instant());

        eventually("the third place is taken", SOON, () -> ran.size() == 3);
        assertThat(ran).filteredOn(job -> job.priority() == 3).hasSize(1);
        gone.countDown();
        finish(engine, asked);
        List<Integer> order = ran.stream().map(Job::priority).toList();
        assertThat(order.subList(0, 5)).containsExactlyInAnyOrder(0, 0, 3, 2, 1);
    }

    @Test
    void paused_it_begins_nothing_and_resumed_it_goes_on() {
        Rooms engine = installation.node(8, pipelines);
        TenantId tenant = installation.tenant("acme", 100, 4);
        ConfigId config = config(engine, tenant);
        Backfill asked = ask(engine, tenant, config, request(6, Mode.MISSING, 2));
        advance(engine);
        engine.backfills().pause(tenant, asked.id(), installation.clock.instant());

        settle(engine);
        Backfill paused = engine.backfills().find(tenant, asked.id());
        assertThat(paused.counts().completed()).isEqualTo(2);
        assertThat(paused.counts().waiting()).isEqualTo(4);
        assertThat(paused.state()).isEqualTo(State.PAUSED);

        engine.backfills().resume(tenant, asked.id(), installation.clock.instant());
        finish(engine, asked);
        assertThat(ran).hasSize(6);
        assertThatThrownBy(() ->
                        engine.backfills().pause(tenant, asked.id(), installation.clock.instant()))
                .isInstanceOfSatisfying(
                        EngineException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.CONFLICT));
    }

    @Test
    void cancelled_it_takes_its_waiting_runs_along_and_gives_their_quota_back() {
        Rooms engine = installation.node(8, pipelines);
        TenantId tenant = installation.tenant("acme", 100, 4);
        ConfigId config = config(engine, tenant);
        Backfill asked = ask(engine, tenant, config, request(6, Mode.MISSING, 3));
        advance(engine);
        assertThat(installation.count("SELECT run_today FROM quota_usage")).isEqualTo(3);

        engine.backfills().cancel(tenant, asked.id(), "Not needed.", installation.clock.instant());
        settle(engine);

        Backfill cancelled = engine.backfills().find(tenant, asked.id());
        assertThat(cancelled.state()).isEqualTo(State.CANCELLED);
        assertThat(cancelled.counts().cancelled()).isEqualTo(6);
        assertThat(ran).isEmpty();
        assertThat(installation.count("SELECT run_today FROM quota_usage")).isZero();
        assertThat(installation.count("SELECT count(*) FROM backfill WHERE look_at IS NOT NULL"))
                .isZero();
    }

    @Test
    void a_deleted_config_ends_its_backfill_with_a_reason() {
        Rooms engine = installation.node(8, pipelines);
        TenantId tenant = installation.tenant("acme", 100, 4);
        ConfigId config = config(engine, tenant);
        Backfill asked = ask(engine, tenant, config, request(6, Mode.MISSING, 1));
        advance(engine);
        engine.configs().delete(tenant, config, installation.clock.instant());
        settle(engine);

        Backfill ended = engine.backfills().find(tenant, asked.id());
        assertThat(ended.state()).isEqualTo(State.CANCELLED);
        assertThat(ended.endReason()).contains("deleted");
    }

    @Test
    void a_failed_run_is_live_until_its_last_retry_has_ended() {
        Rooms engine = installation.node(8, pipelines);
        TenantId tenant = installation.tenant("acme", 100, 4);
        ConfigId config = config(engine, tenant);
        fails.set(true);
        Backfill asked = ask(engine, tenant, config, request(1, Mode.MISSING, 1));
        advance(engine);
        work(engine);
        advance(engine);
        assertThat(engine.backfills().find(tenant, asked.id()).counts().live()).isEqualTo(1);
        assertThat(installation.count("SELECT priority FROM deferred")).isZero();

        finish(engine, asked);
        assertThat(engine.backfills().find(tenant, asked.id()).counts().failed()).isEqualTo(1);
        assertThat(ran).hasSize(4);
        assertThat(installation.count("SELECT run_today FROM quota_usage")).isEqualTo(1);
    }

    @Test
    void two_nodes_drive_it_together_and_one_that_dies_in_the_middle_leaves_nothing_twice() {
        Rooms first = installation.node(4, pipelines);
        Rooms second = installation.node(4, pipelines);
        TenantId tenant = installation.tenant("acme", 100, 10);
        ConfigId config = config(first, tenant);
        Backfill asked = ask(first, tenant, config, request(20, Mode.MISSING, 8));
        // The first node puts jobs in, claims some, and is never heard of again.
        JobHandler dying =
                JobHandler.of(
                        Job.PIPELINE,
                        execution -> {
                            gone.await();
                            return Outcome.Completed.plain();
                        });
        Rooms doomed = installation.node(4, dying);
        advance(doomed);
        doomed.worker().runOnce(installation.clock.instant());
        eventually(
                "it has claimed some",
                SOON,
                () -> installation.count("SELECT count(*) FROM lease") == 4);
        installation.clock.advance(Duration.ofMinutes(2));
        first.membership().runOnce(installation.clock.instant());
        second.membership().runOnce(installation.clock.instant());
        first.rescuer().runOnce(installation.clock.instant());

        for (int round = 0; round < 60; round++) {
            installation.clock.advance(Duration.ofSeconds(70));
            List.of(first, second).parallelStream()
                    .forEach(node -> {
                        node.membership().runOnce(installation.clock.instant());
                        node.queue().promoteDue(installation.clock.instant());
                        node.backfiller().runOnce(installation.clock.instant());
                        node.worker().runOnce(installation.clock.instant());
                    });
            rest(first);
            rest(second);
        }
        gone.countDown();

        Backfill done = first.backfills().find(tenant, asked.id());
        assertThat(done.state()).isEqualTo(State.COMPLETED);
        assertThat(done.counts().completed()).isEqualTo(20);
        assertThat(
                        installation.count(
                                "SELECT count(*) FROM job JOIN run USING (job_id) WHERE state = 'COMPLETED'"))
                .isEqualTo(20);
        assertThat(installation.count("SELECT count(*) FROM job WHERE trigger_type = 'backfill'"))
                .isEqualTo(20);
        eventually("the doomed one rests", SOON, () -> doomed.worker().runningCount() == 0);
    }

    @Test
    void a_suspended_tenant_gets_no_run_and_hears_why() {
        Rooms engine = installation.node(8, pipelines);
        TenantId tenant = installation.tenant("acme", 100, 4);
        ConfigId config = config(engine, tenant);
        Backfill asked = ask(engine, tenant, config, request(3, Mode.MISSING, 1));
        installation.database.transact(handle -> {
            handle.execute("UPDATE tenant SET status = 'SUSPENDED', updated_at = now()");
            handle.execute("UPDATE lane SET is_suspended = true");
            handle.execute("UPDATE schedule SET is_suspended = true");
        });
        advance(engine);

        Backfill waiting = engine.backfills().find(tenant, asked.id());
        assertThat(waiting.obstacle())
                .isEqualTo(new Obstacle(Obstacle.Cause.TENANT, "The tenant is SUSPENDED."));
        assertThat(installation.count("SELECT count(*) FROM job")).isZero();
    }

    @Test
    void too_long_reversed_and_future_ranges_are_refused_with_their_field() {
        Rooms engine = installation.node(0, pipelines);
        TenantId tenant = installation.tenant("acme", 100, 4);
        ConfigId config = config(engine, tenant);
        LocalDate today = LocalDate.parse("2026-11-22");

        refused(engine, tenant, config, today, today.minusDays(1));
        refused(engine, tenant, config, today, today.plusDays(1));
        refused(engine, tenant, config, today.minusDays(730), today);
        assertThat(
                        engine.backfills()
                                .plan(
                                        tenant,
                                        config,
                                        range(today.minusDays(729), today),
                                        installation.clock.instant())
                                .instants())
                .hasSize(730);
    }

    @Test
    void newest_first_is_newest_first_and_the_instants_tell_what_became_of_each() {
        Rooms engine = installation.node(1, pipelines);
        TenantId tenant = installation.tenant("acme", 100, 2);
        ConfigId config = config(engine, tenant);
        Request request =
                new Request(
                        FIRST, FIRST.plusDays(3), Mode.ALL, Direction.NEWEST_FIRST, 1, false, 0);
        Backfill asked = ask(engine, tenant, config, request);
        finish(engine, asked);

        assertThat(ran)
                .extracting(job -> String.valueOf(job.origin().slotAt()))
                .isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThat(ran).allSatisfy(job -> assertThat(date(job)).isEqualTo("null"));
        assertThat(engine.backfills().instants(tenant, asked.id(), null, 10))
                .hasSize(4)
                .allMatch(one -> one.state() == BackfillInstant.State.COMPLETED);
    }

    @Test
    void an_ended_backfill_is_let_go_with_the_slots_and_an_unfinished_one_stays() {
        Rooms engine = installation.node(8, pipelines);
        TenantId tenant = installation.tenant("acme", 100, 4);
        ConfigId config = config(engine, tenant);
        Backfill done = ask(engine, tenant, config, request(1, Mode.ALL, 1));
        finish(engine, done);
        Backfill open = ask(engine, tenant, config, request(1, Mode.ALL, 1));
        installation.database.transact(handle -> handle.execute("DELETE FROM outbox")); // told
        Retention retention =
                new Retention(installation.database, new RetentionPeriods(300, 300, 400));

        retention.age(installation.clock.advance(Duration.ofDays(399)));
        assertThat(engine.backfills().list(tenant, null, null, null, 10)).hasSize(2);
        retention.age(installation.clock.advance(Duration.ofDays(3)));

        assertThat(engine.backfills().list(tenant, null, null, null, 10))
                .extracting(Backfill::id)
                .containsExactly(open.id());
        assertThat(installation.count("SELECT count(*) FROM backfill_instant")).isEqualTo(1);
    }

    private Outcome handle(Execution execution) {
        ran.add(execution.job());
        return fails.get()
                ? Outcome.Failed.of("It was told to fail.", "TEST", true)
                : Outcome.Completed.plain();
    }

    private void refused(
            Rooms engine, TenantId tenant, ConfigId config, LocalDate start, LocalDate end) {
        assertThatThrownBy(() -> ask(engine, tenant, config, range(start, end)))
                .isInstanceOfSatisfying(
                        EngineException.class,
                        refusal ->
                                assertThat(refusal.fields())
                                        .singleElement()
                                        .satisfies(field ->
                                                assertThat(field.field()).isEqualTo("end_date")));
    }

    /// A config that is next due tomorrow.
    private ConfigId config(Rooms engine, TenantId tenant) {
        return installation.config(
                engine, tenant, "probe", 5, Instant.parse("2026-11-23T02:00:00Z"));
    }

    private static Request range(LocalDate start, LocalDate end) {
        return new Request(start, end, Mode.MISSING, Direction.OLDEST_FIRST, 1, true, 0);
    }

    private static Request request(int days, Mode mode, int concurrentMax) {
        return request(days, mode, concurrentMax, FIRST);
    }

    private static Request request(int days, Mode mode, int concurrentMax, LocalDate first) {
        return new Request(
                first,
                first.plusDays(days - 1),
                mode,
                Direction.OLDEST_FIRST,
                concurrentMax,
                true,
                0);
    }

    private static java.util.stream.Stream<LocalDate> days(int count) {
        return IntStream.range(0, count).mapToObj(FIRST::plusDays);
    }

    private static String date(Job job) {
        return job.params().get("parameters") instanceof Map<?, ?> parameters
                ? String.valueOf(parameters.get("date"))
                : "none";
    }

    private Backfill ask(Rooms engine, TenantId tenant, ConfigId config, Request request) {
        return engine.backfills()
                .create(tenant, config, request, null, installation.clock.instant());
    }

    private void advance(Rooms engine) {
        installation.clock.advance(Duration.ofSeconds(6));
        engine.membership().runOnce(installation.clock.instant());
        engine.backfiller().runOnce(installation.clock.instant());
    }

    private void work(Rooms engine) {
        engine.queue().promoteDue(installation.clock.instant());
        engine.worker().runOnce(installation.clock.instant());
        rest(engine);
    }

    private void rest(Rooms engine) {
        eventually("the node rests", SOON, () -> engine.worker().runningCount() == 0);
    }

    /// Lets everything happen that may happen without time passing to speak of.
    private void settle(Rooms engine) {
        for (int round = 0; round < 8; round++) {
            advance(engine);
            work(engine);
        }
    }

    private void finish(Rooms engine, Backfill backfill) {
        for (int round = 0; round < 200 && !isOver(engine, backfill); round++) {
            advance(engine);
            installation.clock.advance(Duration.ofSeconds(70));
            engine.membership().runOnce(installation.clock.instant());
            work(engine);
        }
        assertThat(isOver(engine, backfill)).as("the backfill ends").isTrue();
    }

    private static boolean isOver(Rooms engine, Backfill backfill) {
        return engine.backfills().find(backfill.tenant(), backfill.id()).state().isOver();
    }
}
