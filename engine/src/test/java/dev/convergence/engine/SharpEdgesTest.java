package dev.convergence.engine;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.queue.Claim;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.worker.JobHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Where two rules meet: cancel and rescue, pause and credit, pools and priorities.
class SharpEdgesTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final Installation installation = new Installation();
    private final CountDownLatch end = new CountDownLatch(1);
    private final JobHandler held =
            JobHandler.of(
                    Job.PROBE,
                    _ -> {
                        end.await();
                        return Outcome.Completed.plain();
                    });

    @AfterEach
    void the_books_are_in_order() throws InterruptedException {
        end.countDown();
        installation.close();
    }

    @Test
    void a_claim_of_two_gives_the_only_permit_to_the_higher_priority() throws Exception {
        Rooms engine = installation.node(4, held);
        TenantId tenant = installation.tenant("acme", 10, 4);
        Job low = installation.probe(tenant, 1, Map.of(), "ollama-local");
        Job high = installation.probe(tenant, 9, Map.of(), "ollama-local");
        installation.enqueue(engine, List.of(low));
        installation.enqueue(engine, List.of(high));

        List<Claim> claims = engine.worker().process(4, installation.clock.instant());

        assertThat(claims).singleElement().extracting(c -> c.job().id()).isEqualTo(high.id());
    }

    @Test
    void a_pool_is_not_held_up_by_the_parked_jobs_of_a_paused_tenant() throws Exception {
        Rooms engine = installation.node(8, held);
        TenantId paused = installation.tenant("acme", 10, 8);
        TenantId other = installation.tenant("globex", 10, 8);
        Job holder = installation.probe(other, 5, Map.of(), "ollama-local");
        installation.enqueue(engine, List.of(holder));
        engine.worker().process(1, installation.clock.instant());
        List<Job> many =
                IntStream.range(0, 5)
                        .mapToObj(_ -> installation.probe(paused, 5, Map.of(), "ollama-local"))
                        .toList();
        installation.enqueue(engine, many);
        installation.enqueue(
                engine, List.of(installation.probe(other, 5, Map.of(), "ollama-local")));
        engine.worker().process(8, installation.clock.instant());
        assertThat(installation.count("SELECT count(*) FROM parked")).isEqualTo(6);
        engine.lanes().pause(paused);

        end.countDown();
        eventually("the permit is free", SOON, () -> engine.worker().runningCount() == 0);
        engine.queue().sweep();
        engine.worker().runOnce(installation.clock.instant());
        eventually("it ends", SOON, () -> engine.worker().runningCount() == 0);

        assertThat(installation.count("SELECT count(*) FROM run")).isEqualTo(2);
    }

    @Test
    void a_tenant_that_was_paused_saved_no_credit() throws Exception {
        Rooms engine = installation.node(100, held);
        TenantId paused = installation.tenant("acme", 100, 100);
        TenantId other = installation.tenant("globex", 100, 100);
        for (TenantId tenant : List.of(paused, other)) {
            installation.enqueue(
                    engine,
                    IntStream.range(0, 40)
                            .mapToObj(_ -> installation.probe(tenant, 5, Map.of()))
                            .toList());
        }
        engine.lanes().pause(paused);
        for (int i = 0; i < 20; i++) {
            engine.worker().process(1, installation.clock.instant());
        }
        engine.lanes().resume(paused);

        List<TenantId> next = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            engine.worker()
                    .process(1, installation.clock.instant())
                    .forEach(c -> next.add(c.job().tenant()));
        }

        assertThat(next).filteredOn(other::equals).hasSizeBetween(3, 7);
    }

    @Test
    void a_tenant_that_was_at_its_limit_saved_no_credit() throws Exception {
        Rooms engine = installation.node(100, held);
        TenantId small = installation.tenant("acme", 100, 1);
        TenantId other = installation.tenant("globex", 100, 100);
        for (TenantId tenant : List.of(small, other)) {
            installation.enqueue(
                    engine,
                    IntStream.range(0, 40)
                            .mapToObj(_ -> installation.probe(tenant, 5, Map.of()))
                            .toList());
        }
        for (int i = 0; i < 20; i++) {
            engine.worker().process(1, installation.clock.instant());
        }
        engine.lanes().open(small, 100);

        List<TenantId> next = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            engine.worker()
                    .process(1, installation.clock.instant())
                    .forEach(c -> next.add(c.job().tenant()));
        }

        assertThat(next).filteredOn(other::equals).hasSizeBetween(3, 7);
    }

    @Test
    void what_a_user_cancelled_is_not_tried_again_when_its_node_dies() {
        Rooms dying = installation.node(1, held);
        TenantId tenant = installation.tenant("acme", 10, 1);
        Job job = installation.probe(tenant, 5, Map.of());
        installation.enqueue(dying, List.of(job));
        dying.worker().runOnce(installation.clock.instant());
        dying.queue().cancel(tenant, job.id(), "by a user", installation.clock.instant());
        installation.clock.advance(Duration.ofSeconds(31));

        installation.node(1).rescuer().rescue(installation.clock.instant());

        assertThat(installation.retryOf(job.id())).isEmpty();
        assertThat(installation.state(job.id())).isEqualTo("CANCELLED");
    }

    @Test
    void what_a_user_cancelled_is_not_tried_again_when_it_fails_of_it() {
        CountDownLatch heard = new CountDownLatch(1);
        JobHandler failing =
                JobHandler.of(
                        Job.PROBE,
                        execution -> {
                            execution.cancellation().onRequest(heard::countDown);
                            heard.await();
                            throw new java.io.IOException("The connection was closed.");
                        });
        Rooms engine = installation.node(1, failing);
        TenantId tenant = installation.tenant("acme", 10, 1);
        Job job = installation.probe(tenant, 5, Map.of());
        installation.enqueue(engine, List.of(job));
        engine.worker().runOnce(installation.clock.instant());
        engine.queue().cancel(tenant, job.id(), "by a user", installation.clock.instant());
        engine.worker().watchLeases();
        eventually("it ends", SOON, () -> !installation.state(job.id()).equals("LIVE"));

        assertThat(installation.retryOf(job.id())).isEmpty();
    }

    @Test
    void retries_that_come_due_together_go_in_the_order_in_which_they_came_due() throws Exception {
        Rooms engine = installation.node(4);
        TenantId tenant = installation.tenant("acme", 10, 4);
        List<Job> jobs =
                IntStream.range(0, 6)
                        .mapToObj(_ -> installation.probe(tenant, 5, Map.of()))
                        .toList();
        installation.database.transact(handle -> {
            for (int i : List.of(4, 1, 5, 0, 3, 2)) {
                engine.queue()
                        .defer(handle, jobs.get(i), installation.clock.instant().plusSeconds(i));
            }
        });
        installation.clock.advance(Duration.ofSeconds(10));
        engine.queue().promoteDue(installation.clock.instant());

        List<String> order =
                installation.database.read(handle ->
                        handle.createQuery("SELECT job_id::text FROM ready ORDER BY position")
                                .mapTo(String.class)
                                .list());
        assertThat(order).isEqualTo(jobs.stream().map(j -> j.id().toString()).toList());
    }

    @Test
    void a_lane_that_a_dead_process_halted_starts_again_with_the_next_node() {
        TenantId departing = installation.tenant("acme", 10, 1);
        TenantId suspended = installation.tenant("globex", 10, 1);
        installation.database.transact(handle -> {
            handle.execute("UPDATE lane SET is_suspended = true");
            handle.execute(
                    "UPDATE tenant SET status = 'SUSPENDED' WHERE tenant_id = ?",
                    suspended.value());
        });

        Rooms engine = installation.node(1);
        Job job = installation.probe(departing, 5, Map.of());
        installation.enqueue(engine, List.of(job));
        engine.worker().runOnce(installation.clock.instant());

        eventually("it ends", SOON, () -> installation.state(job.id()).equals("COMPLETED"));
        assertThat(installation.count("SELECT count(*) FROM lane WHERE is_suspended")).isOne();
    }

    @Test
    void a_claim_whose_answer_was_lost_is_ended_once_the_clock_leaves_no_doubt() {
        Rooms engine = installation.node(1);
        TenantId tenant = installation.tenant("acme", 10, 1);
        Job job = installation.probe(tenant, 5, Map.of());
        installation.enqueue(engine, List.of(job));
        claimUnanswered(engine);

        installation.clock.advance(Duration.ofSeconds(5));
        engine.rescuer().runOnce(installation.clock.instant());
        assertThat(installation.state(job.id())).isEqualTo("LIVE");

        installation.clock.advance(Duration.ofSeconds(1));
        engine.rescuer().runOnce(installation.clock.instant());
        assertThat(installation.state(job.id())).isEqualTo("FAILED");
        assertThat(installation.retryOf(job.id())).isPresent();
    }

    /// What a claim has written whose connection broke before the node heard of it.
    private void claimUnanswered(Rooms engine) {
        installation.database.transact(handle -> {
            handle.execute(
                    """
                    WITH taken AS (DELETE FROM ready RETURNING job_id, tenant_id)
                    INSERT INTO lease (job_id, tenant_id, token, node_id, claimed_at)
                    SELECT job_id, tenant_id, nextval('attempt_token'), ?, ? FROM taken
                    """,
                    engine.membership().node().value(),
                    installation.clock.instant());
            handle.execute("UPDATE lane SET running = 1, has_ready = false");
        });
    }
}
