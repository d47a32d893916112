package dev.convergence.engine;

import static dev.convergence.engine.Backfilled.SOON;
import static dev.convergence.engine.Backfilled.request;
import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.convergence.engine.backfill.Backfill;
import dev.convergence.engine.backfill.Backfill.Mode;
import dev.convergence.engine.backfill.Backfill.Obstacle;
import dev.convergence.engine.backfill.Backfill.State;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.recovery.Retention;
import dev.convergence.engine.recovery.RetentionPeriods;
import dev.convergence.engine.worker.JobHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How a backfill goes on beside other work: what it waits for, what stops it, and how it ends.
class BackfillCourseTest {

    private final Backfilled backfilled = new Backfilled();
    private final Installation installation = backfilled.installation;

    @AfterEach
    void the_books_are_in_order() throws InterruptedException {
        backfilled.close();
    }

    @Test
    void it_leaves_what_the_schedules_will_need_and_goes_on_the_next_day() {
        Rooms engine = installation.node(8, backfilled.pipelines);
        TenantId tenant = installation.tenant("acme", 6, 4);
        ConfigId config = backfilled.config(engine, tenant);
        Instant tonight = Instant.parse("2026-11-22T20:00:00Z");
        installation.config(engine, tenant, "evening", 5, tonight);

        Backfill asked = backfilled.ask(engine, tenant, config, request(8, Mode.MISSING, 3));
        backfilled.settle(engine);
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
        backfilled.settle(engine);
        assertThat(engine.backfills().find(tenant, asked.id()).counts().completed()).isEqualTo(5);

        installation.clock.set(Instant.parse("2026-11-23T00:00:10Z"));
        backfilled.finish(engine, asked);
        assertThat(engine.backfills().find(tenant, asked.id()).counts().completed()).isEqualTo(8);
    }

    @Test
    void scheduled_work_is_claimed_before_a_backfills_and_a_place_stays_free_for_it() {
        JobHandler held =
                JobHandler.of(
                        Job.PIPELINE,
                        execution -> {
                            backfilled.ran.add(execution.job());
                            backfilled.gone.await();
                            return Outcome.Completed.plain();
                        });
        Rooms engine = installation.node(16, held);
        TenantId tenant = installation.tenant("acme", 100, 3);
        ConfigId config = backfilled.config(engine, tenant);
        Backfill asked = backfilled.ask(engine, tenant, config, request(20, Mode.MISSING, 20));
        backfilled.advance(engine);
        engine.worker().runOnce(installation.clock.instant());
        eventually("two run", SOON, () -> backfilled.ran.size() == 2);
        backfilled.advance(engine);
        assertThat(engine.backfills().find(tenant, asked.id()).counts().live()).isEqualTo(2);

        for (int priority = 1; priority <= 3; priority++) {
            installation.config(
                    engine, tenant, "due" + priority, priority, installation.clock.instant());
        }
        engine.scheduler().trigger(installation.clock.instant(), 1000);
        engine.worker().runOnce(installation.clock.instant());

        eventually("the third place is taken", SOON, () -> backfilled.ran.size() == 3);
        assertThat(backfilled.ran).filteredOn(job -> job.priority() == 3).hasSize(1);
        backfilled.gone.countDown();
        backfilled.finish(engine, asked);
        List<Integer> order = backfilled.ran.stream().map(Job::priority).toList();
        assertThat(order.subList(0, 5)).containsExactlyInAnyOrder(0, 0, 3, 2, 1);
    }

    @Test
    void paused_it_begins_nothing_and_resumed_it_goes_on() {
        Rooms engine = installation.node(8, backfilled.pipelines);
        TenantId tenant = installation.tenant("acme", 100, 4);
        ConfigId config = backfilled.config(engine, tenant);
        Backfill asked = backfilled.ask(engine, tenant, config, request(6, Mode.MISSING, 2));
        backfilled.advance(engine);
        engine.backfills().pause(tenant, asked.id(), installation.clock.instant());

        backfilled.settle(engine);
        Backfill paused = engine.backfills().find(tenant, asked.id());
        assertThat(paused.counts().completed()).isEqualTo(2);
        assertThat(paused.counts().waiting()).isEqualTo(4);
        assertThat(paused.state()).isEqualTo(State.PAUSED);

        engine.backfills().resume(tenant, asked.id(), installation.clock.instant());
        backfilled.finish(engine, asked);
        assertThat(backfilled.ran).hasSize(6);
        assertThatThrownBy(() ->
                        engine.backfills().pause(tenant, asked.id(), installation.clock.instant()))
                .isInstanceOfSatisfying(
                        EngineException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.CONFLICT));
    }

    @Test
    void cancelled_it_takes_its_waiting_runs_along_and_gives_their_quota_back() {
        Rooms engine = installation.node(8, backfilled.pipelines);
        TenantId tenant = installation.tenant("acme", 100, 4);
        ConfigId config = backfilled.config(engine, tenant);
        Backfill asked = backfilled.ask(engine, tenant, config, request(6, Mode.MISSING, 3));
        backfilled.advance(engine);
        assertThat(installation.count("SELECT run_today FROM quota_usage")).isEqualTo(3);

        engine.backfills().cancel(tenant, asked.id(), "Not needed.", installation.clock.instant());
        backfilled.settle(engine);

        Backfill cancelled = engine.backfills().find(tenant, asked.id());
        assertThat(cancelled.state()).isEqualTo(State.CANCELLED);
        assertThat(cancelled.counts().cancelled()).isEqualTo(6);
        assertThat(backfilled.ran).isEmpty();
        assertThat(installation.count("SELECT run_today FROM quota_usage")).isZero();
        assertThat(installation.count("SELECT count(*) FROM backfill WHERE look_at IS NOT NULL"))
                .isZero();
    }

    @Test
    void a_deleted_config_ends_its_backfill_with_a_reason() {
        Rooms engine = installation.node(8, backfilled.pipelines);
        TenantId tenant = installation.tenant("acme", 100, 4);
        ConfigId config = backfilled.config(engine, tenant);
        Backfill asked = backfilled.ask(engine, tenant, config, request(6, Mode.MISSING, 1));
        backfilled.advance(engine);
        engine.configs().delete(tenant, config, installation.clock.instant());
        backfilled.settle(engine);

        Backfill ended = engine.backfills().find(tenant, asked.id());
        assertThat(ended.state()).isEqualTo(State.CANCELLED);
        assertThat(ended.endReason()).contains("deleted");
    }

    @Test
    void a_failed_run_is_live_until_its_last_retry_has_ended() {
        Rooms engine = installation.node(8, backfilled.pipelines);
        TenantId tenant = installation.tenant("acme", 100, 4);
        ConfigId config = backfilled.config(engine, tenant);
        backfilled.fails.set(true);
        Backfill asked = backfilled.ask(engine, tenant, config, request(1, Mode.MISSING, 1));
        backfilled.advance(engine);
        backfilled.work(engine);
        backfilled.advance(engine);
        assertThat(engine.backfills().find(tenant, asked.id()).counts().live()).isEqualTo(1);
        assertThat(installation.count("SELECT priority FROM deferred")).isZero();

        backfilled.finish(engine, asked);
        assertThat(engine.backfills().find(tenant, asked.id()).counts().failed()).isEqualTo(1);
        assertThat(backfilled.ran).hasSize(4);
        assertThat(installation.count("SELECT run_today FROM quota_usage")).isEqualTo(1);
    }

    @Test
    void two_nodes_drive_it_together_and_one_that_dies_in_the_middle_leaves_nothing_twice() {
        Rooms first = installation.node(4, backfilled.pipelines);
        Rooms second = installation.node(4, backfilled.pipelines);
        TenantId tenant = installation.tenant("acme", 100, 10);
        ConfigId config = backfilled.config(first, tenant);
        Backfill asked = backfilled.ask(first, tenant, config, request(20, Mode.MISSING, 8));
        // The first node puts jobs in, claims some, and is never heard of again.
        JobHandler dying =
                JobHandler.of(
                        Job.PIPELINE,
                        execution -> {
                            backfilled.gone.await();
                            return Outcome.Completed.plain();
                        });
        Rooms doomed = installation.node(4, dying);
        backfilled.advance(doomed);
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
            backfilled.rest(first);
            backfilled.rest(second);
        }
        backfilled.gone.countDown();

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
        Rooms engine = installation.node(8, backfilled.pipelines);
        TenantId tenant = installation.tenant("acme", 100, 4);
        ConfigId config = backfilled.config(engine, tenant);
        Backfill asked = backfilled.ask(engine, tenant, config, request(3, Mode.MISSING, 1));
        installation.database.transact(handle -> {
            handle.execute("UPDATE tenant SET status = 'SUSPENDED', updated_at = now()");
            handle.execute("UPDATE lane SET is_suspended = true");
            handle.execute("UPDATE schedule SET is_suspended = true");
        });
        backfilled.advance(engine);

        Backfill waiting = engine.backfills().find(tenant, asked.id());
        assertThat(waiting.obstacle())
                .isEqualTo(new Obstacle(Obstacle.Cause.TENANT, "The tenant is SUSPENDED."));
        assertThat(installation.count("SELECT count(*) FROM job")).isZero();
    }

    @Test
    void an_ended_backfill_is_let_go_with_the_slots_and_an_unfinished_one_stays() {
        Rooms engine = installation.node(8, backfilled.pipelines);
        TenantId tenant = installation.tenant("acme", 100, 4);
        ConfigId config = backfilled.config(engine, tenant);
        Backfill done = backfilled.ask(engine, tenant, config, request(1, Mode.ALL, 1));
        backfilled.finish(engine, done);
        Backfill open = backfilled.ask(engine, tenant, config, request(1, Mode.ALL, 1));
        installation.database.transact(handle -> handle.execute("DELETE FROM outbox")); // told
        Retention retention =
                new Retention(installation.database, new RetentionPeriods(300, 300, 400, 400));

        retention.age(installation.clock.advance(Duration.ofDays(399)));
        assertThat(engine.backfills().list(tenant, null, null, null, 10)).hasSize(2);
        retention.age(installation.clock.advance(Duration.ofDays(3)));

        assertThat(engine.backfills().list(tenant, null, null, null, 10))
                .extracting(Backfill::id)
                .containsExactly(open.id());
        assertThat(installation.count("SELECT count(*) FROM backfill_instant")).isEqualTo(1);
    }
}
