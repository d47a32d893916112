package dev.convergence.engine;

import static dev.convergence.engine.Gang.BAD;
import static dev.convergence.engine.Gang.GOOD;
import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.group.GroupMode;
import dev.convergence.engine.group.GroupStatus;
import dev.convergence.engine.group.OnFailure;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.worker.JobHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Members and cancellations of groups at the same time, and nodes that die in between.
class GroupRaceTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String WAITERS = "SELECT count(*) FROM pg_locks WHERE NOT granted";

    private final Installation here = new Installation();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);
    private final JobHandler held =
            JobHandler.of(
                    Job.PROBE,
                    execution -> {
                        end.await();
                        return execution.job().params().isEmpty()
                                ? Outcome.Completed.plain()
                                : Outcome.Failed.of("told to", "PROBE_FAILED", true);
                    });
    private TenantId tenant;

    @BeforeEach
    void open() {
        tenant = here.tenant("acme", 100, 300);
    }

    @AfterEach
    void the_books_are_in_order() throws InterruptedException {
        end.countDown();
        threads.shutdown();
        here.close();
    }

    private Instant now() {
        return here.clock.instant();
    }

    private CompletableFuture<Void> meanwhile(Runnable work) {
        return CompletableFuture.runAsync(work, threads);
    }

    private void awaitWaiters(int count) {
        eventually("they wait", SOON, () -> here.count(WAITERS) >= count);
    }

    @Test
    void of_two_members_that_end_at_once_the_second_ends_the_group() {
        Rooms one = here.node(1, held);
        Rooms other = here.node(1, held);
        Gang gang = Gang.of(here, one, tenant, GroupMode.PARALLEL, OnFailure.STOP, GOOD, GOOD);
        one.worker().runOnce(now());
        other.worker().runOnce(now());
        assertThat(here.count("SELECT count(*) FROM lease")).isEqualTo(2);

        here.database.transact(handle -> {
            handle.execute("SELECT 1 FROM lane FOR UPDATE");
            end.countDown();
            awaitWaiters(2);
        });

        eventually("all end", SOON, () -> here.count("SELECT count(*) FROM run") == 2);
        assertThat(gang.status()).isEqualTo(GroupStatus.COMPLETED);
    }

    @Test
    void a_group_cancelled_while_a_member_ends_starts_no_other() {
        Rooms engine = here.node(1, held);
        Gang gang = Gang.inSequence(here, engine, tenant, GOOD, GOOD, GOOD);
        engine.worker().runOnce(now());

        CompletableFuture<Void> cancelled =
                here.database.inTransaction(handle -> {
                    handle.execute("SELECT 1 FROM job_group FOR UPDATE");
                    end.countDown();
                    awaitWaiters(1);
                    CompletableFuture<Void> cancelling = meanwhile(gang::cancel);
                    awaitWaiters(2);
                    return cancelling;
                });
        cancelled.join();
        eventually("all end", SOON, () -> gang.status().isEnd());
        gang.runAll();

        assertThat(gang.status()).isEqualTo(GroupStatus.CANCELLED);
        assertThat(gang.executed()).containsExactly(0);
    }

    @Test
    void a_member_that_fails_after_the_cancellation_is_not_tried_again() {
        Rooms engine = here.node(1, held);
        Gang gang = Gang.inSequence(here, engine, tenant, BAD, GOOD);
        engine.worker().runOnce(now());

        gang.cancel();
        assertThat(gang.status()).isEqualTo(GroupStatus.RUNNING);
        end.countDown();
        eventually("it ends", SOON, () -> gang.status().isEnd());

        assertThat(gang.status()).isEqualTo(GroupStatus.PARTIAL);
        assertThat(gang.state(1, 0)).isEqualTo("CANCELLED");
        assertThat(here.count("SELECT count(*) FROM job")).isEqualTo(2);
    }

    @Test
    @SuppressWarnings("unchecked")
    void of_a_group_cancelled_under_claims_each_member_runs_or_is_cancelled() {
        Rooms one = here.node(300);
        Rooms other = here.node(300);
        Map<String, Object>[] members = new Map[200];
        java.util.Arrays.fill(members, GOOD);
        Gang gang = Gang.of(here, one, tenant, GroupMode.PARALLEL, OnFailure.STOP, members);
        AtomicBoolean isOver = new AtomicBoolean();
        CompletableFuture<Void> first = meanwhile(() -> claimOneByOne(one, isOver));
        CompletableFuture<Void> second = meanwhile(() -> claimOneByOne(other, isOver));
        eventually("some have started", SOON, () -> gang.executed().size() > 10);

        gang.cancel();
        int started = gang.executed().size();
        eventually("all end", SOON, () -> gang.status().isEnd());
        isOver.set(true);
        CompletableFuture.allOf(first, second).join();

        assertThat(gang.executed()).hasSize(started);
        assertThat(gang.counts().cancelled()).isEqualTo(200 - started);
    }

    private void claimOneByOne(Rooms node, AtomicBoolean isOver) {
        try {
            while (!isOver.get()) {
                node.worker().process(1, now());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void what_a_dying_process_left_of_a_cancellation_is_done_by_any_other() {
        Rooms engine = here.node(1);
        Gang gang = Gang.of(here, engine, tenant, GroupMode.PARALLEL, OnFailure.STOP, GOOD, GOOD);
        here.database.transact(
                handle -> handle.execute("UPDATE job_group SET cancel_requested_at = now()"));

        engine.groups().finishCancellations(now());

        assertThat(gang.status()).isEqualTo(GroupStatus.CANCELLED);
        assertThat(gang.executed()).isEmpty();
    }

    @Test
    void a_member_whose_node_died_is_tried_again_in_its_place() {
        Rooms dying = here.node(1, held);
        Gang gang = Gang.inSequence(here, dying, tenant, GOOD, GOOD);
        dying.worker().runOnce(now());
        Rooms living = here.node(1);
        here.clock.advance(Duration.ofSeconds(31));
        living.membership().runOnce(now());

        living.rescuer().rescue(now());
        assertThat(gang.state(1, 0)).isEqualTo("LIVE");
        while (living.worker().runHere(now()) > 0) {}

        assertThat(gang.executed()).containsExactly(0, 0, 1);
        assertThat(gang.status()).isEqualTo(GroupStatus.COMPLETED);
    }

    @Test
    void a_rescue_of_the_last_attempt_stops_the_group_in_the_same_transaction() {
        Rooms dying = here.node(1, held);
        Gang gang = Gang.inSequence(here, dying, tenant, GOOD, GOOD);
        here.database.transact(
                handle -> handle.execute("ALTER TABLE job DISABLE TRIGGER witness_job"));
        here.database.transact(handle -> handle.execute("UPDATE job SET max_retries = 0"));
        dying.worker().runOnce(now());
        Rooms living = here.node(1);
        here.clock.advance(Duration.ofSeconds(31));
        living.membership().runOnce(now());

        living.rescuer().rescue(now());

        assertThat(gang.state(1, 0)).isEqualTo("SKIPPED");
        assertThat(gang.status()).isEqualTo(GroupStatus.PARTIAL);
    }

    @Test
    void a_tenant_that_is_deleted_takes_its_groups_along() {
        Rooms engine = here.node(1);
        Gang gang = Gang.inSequence(here, engine, tenant, GOOD, GOOD);
        engine.reservations().reserve(tenant, "somebody", Duration.ofMinutes(1), null, now());

        here.database.transact(handle -> {
            dev.convergence.engine.queue.TenantRemoval.remove(handle, tenant);
            handle.execute("DELETE FROM tenant WHERE tenant_id = ?", gang.tenant().value());
        });

        assertThat(here.count("SELECT count(*) FROM job_group")).isZero();
        assertThat(here.count("SELECT count(*) FROM reservation")).isZero();
        assertThat(here.count("SELECT count(*) FROM parked")).isZero();
    }
}
