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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueueTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final Installation installation = new Installation();

    @AfterEach
    void the_books_are_in_order() throws InterruptedException {
        installation.close();
    }

    @Test
    void a_job_is_claimed_run_and_settled() {
        Rooms engine = installation.node(4);
        TenantId tenant = installation.tenant("acme", 10, 2);
        Job job = installation.probe(tenant, 5, Map.of("echo", Map.of("x", 1)));
        installation.enqueue(engine, List.of(job));

        runAll(engine);

        assertThat(installation.state(job.id())).isEqualTo("COMPLETED");
        assertThat(installation.count("SELECT running FROM lane")).isZero();
    }

    @Test
    void higher_priorities_go_first_and_equals_in_the_order_of_arrival()
            throws InterruptedException {
        Rooms engine = installation.node(0);
        TenantId tenant = installation.tenant("acme", 10, 10);
        List<Job> jobs =
                List.of(3, 9, 5, 9).stream()
                        .map(p -> installation.probe(tenant, p, Map.of()))
                        .toList();
        jobs.forEach(job -> installation.enqueue(engine, List.of(job)));

        List<JobId> claimed = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            engine.worker()
                    .process(1, installation.clock.instant())
                    .forEach(c -> claimed.add(c.job().id()));
        }

        assertThat(claimed)
                .containsExactly(
                        jobs.get(1).id(), jobs.get(3).id(), jobs.get(2).id(), jobs.get(0).id());
        eventuallyEnded(jobs);
    }

    @Test
    void a_lane_never_runs_more_than_its_limit_with_several_nodes() {
        TenantId small = installation.tenant("small", 10, 2);
        TenantId large = installation.tenant("large", 10, 5);
        Counting counting = new Counting();
        List<Rooms> nodes =
                IntStream.range(0, 3).mapToObj(_ -> installation.node(8, counting)).toList();
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            jobs.add(installation.probe(i % 2 == 0 ? small : large, 5, Map.of("duration_ms", 5)));
        }
        installation.enqueue(nodes.getFirst(), jobs);

        runUntilEnded(nodes, jobs);

        assertThat(counting.most(small)).isBetween(1, 2);
        assertThat(counting.most(large)).isBetween(1, 5);
        assertThat(counting.executions)
                .hasSize(40)
                .allSatisfy((_, times) -> assertThat(times).hasValue(1));
    }

    @Test
    void a_quiet_tenant_starts_before_the_backlog_of_a_loud_one() throws InterruptedException {
        Rooms engine = installation.node(2);
        TenantId loud = installation.tenant("loud", 10, 10);
        TenantId quiet = installation.tenant("quiet", 10, 10);
        installation.enqueue(
                engine,
                IntStream.range(0, 50)
                        .mapToObj(_ -> installation.probe(loud, 9, Map.of()))
                        .toList());
        engine.worker().process(4, installation.clock.instant());
        Job single = installation.probe(quiet, 1, Map.of());
        installation.enqueue(engine, List.of(single));

        List<JobId> next =
                engine.worker().process(2, installation.clock.instant()).stream()
                        .map(c -> c.job().id())
                        .toList();

        assertThat(next).contains(single.id());
        runAll(engine);
    }

    @Test
    void a_failed_job_is_tried_three_times_more_with_growing_pauses() {
        Rooms engine = installation.node(4);
        TenantId tenant = installation.tenant("acme", 10, 2);
        Job job = installation.probe(tenant, 5, Map.of("outcome", "FAILED"));
        installation.enqueue(engine, List.of(job));

        runAll(engine);
        for (int pause : List.of(10, 20, 40)) {
            installation.clock.advance(Duration.ofSeconds(pause - 1));
            assertThat(engine.queue().promoteDue(installation.clock.instant())).isFalse();
            installation.clock.advance(Duration.ofSeconds(1));
            assertThat(engine.queue().promoteDue(installation.clock.instant())).isTrue();
            runAll(engine);
        }

        assertThat(installation.count("SELECT count(*) FROM run WHERE state = 'FAILED'"))
                .isEqualTo(4);
        assertThat(installation.count("SELECT count(*) FROM deferred")).isZero();
        assertThat(installation.count("SELECT max(attempt) FROM job")).isEqualTo(3);
    }

    @Test
    void a_late_finish_after_rescue_changes_nothing() {
        CountDownLatch goOn = new CountDownLatch(1);
        Rooms frozen = installation.node(1, new Held(goOn));
        TenantId tenant = installation.tenant("acme", 10, 1);
        Job job = installation.probe(tenant, 5, Map.of());
        installation.enqueue(frozen, List.of(job));
        frozen.worker().runOnce(installation.clock.instant());
        installation.clock.advance(Duration.ofSeconds(31));
        Rooms other = installation.node(1);

        other.rescuer().runOnce(installation.clock.instant());
        goOn.countDown();
        eventually("the late attempt is over", SOON, () -> frozen.worker().runningCount() == 0);

        assertThat(installation.state(job.id())).isEqualTo("FAILED");
        assertThat(installation.retryOf(job.id())).isPresent();
        assertThat(installation.count("SELECT count(*) FROM run")).isEqualTo(1);
        assertThat(other.rescuer().rescue(installation.clock.instant())).isZero();
        installation.clock.advance(Duration.ofSeconds(10));
        other.queue().promoteDue(installation.clock.instant());
        runAll(other);
        assertThat(installation.count("SELECT count(*) FROM run WHERE state = 'COMPLETED'"))
                .isEqualTo(1);
    }

    @Test
    void a_node_that_was_taken_for_dead_claims_nothing_until_it_is_back() {
        Rooms silent = installation.node(1);
        TenantId tenant = installation.tenant("acme", 10, 1);
        Job job = installation.probe(tenant, 5, Map.of());
        installation.clock.advance(Duration.ofSeconds(31));
        installation.enqueue(silent, List.of(job));

        silent.worker().runOnce(installation.clock.instant());
        assertThat(installation.state(job.id())).isEqualTo("LIVE");
        assertThat(installation.count("SELECT count(*) FROM ready")).isEqualTo(1);

        silent.membership().runOnce(installation.clock.instant());
        runAll(silent);
        assertThat(installation.state(job.id())).isEqualTo("COMPLETED");
    }

    @Test
    void a_cancelled_waiting_job_never_starts() {
        Rooms engine = installation.node(1);
        TenantId tenant = installation.tenant("acme", 10, 1);
        Job job = installation.probe(tenant, 5, Map.of());
        installation.enqueue(engine, List.of(job));

        assertThat(
                        engine.queue()
                                .cancel(
                                        tenant,
                                        job.id(),
                                        "by a user",
                                        installation.clock.instant()))
                .isEqualTo(Cancellation.CANCELLED);
        runAll(engine);

        assertThat(installation.state(job.id())).isEqualTo("CANCELLED");
        assertThat(engine.queue().cancel(tenant, job.id(), "again", installation.clock.instant()))
                .isEqualTo(Cancellation.NOT_LIVE);
    }

    @Test
    void a_running_job_hears_of_its_cancellation_and_is_not_retried() {
        Rooms engine = installation.node(1);
        TenantId tenant = installation.tenant("acme", 10, 1);
        Job job = installation.probe(tenant, 5, Map.of("duration_ms", 600_000));
        installation.enqueue(engine, List.of(job));
        engine.worker().runOnce(installation.clock.instant());

        assertThat(
                        engine.queue()
                                .cancel(
                                        tenant,
                                        job.id(),
                                        "by a user",
                                        installation.clock.instant()))
                .isEqualTo(Cancellation.REQUESTED);
        engine.worker().watchLeases();

        eventuallyEnded(List.of(job));
        assertThat(installation.state(job.id())).isEqualTo("CANCELLED");
        assertThat(installation.count("SELECT count(*) FROM deferred")).isZero();
    }

    @Test
    void another_tenant_cannot_cancel_a_job() {
        Rooms engine = installation.node(1);
        TenantId owner = installation.tenant("acme", 10, 1);
        TenantId other = installation.tenant("globex", 10, 1);
        Job job = installation.probe(owner, 5, Map.of());
        installation.enqueue(engine, List.of(job));

        assertThat(engine.queue().cancel(other, job.id(), "x", installation.clock.instant()))
                .isEqualTo(Cancellation.NOT_LIVE);
        runAll(engine);
        assertThat(installation.state(job.id())).isEqualTo("COMPLETED");
    }

    @Test
    void a_pool_of_one_runs_one_job_of_all_tenants_at_a_time_and_blocks_no_other() {
        Counting counting = new Counting();
        List<Rooms> nodes = List.of(installation.node(4, counting), installation.node(4, counting));
        List<Job> pooled = new ArrayList<>();
        List<Job> free = new ArrayList<>();
        for (String name : List.of("acme", "globex", "initech")) {
            TenantId tenant = installation.tenant(name, 10, 3);
            for (int i = 0; i < 4; i++) {
                pooled.add(installation.probe(tenant, 9, Map.of("duration_ms", 3), "ollama-local"));
            }
            free.add(installation.probe(tenant, 1, Map.of()));
        }
        installation.enqueue(nodes.getFirst(), pooled);
        installation.enqueue(nodes.getFirst(), free);

        List<Job> all = new ArrayList<>(pooled);
        all.addAll(free);
        runUntilEnded(nodes, all);

        assertThat(counting.mostPooled).hasValue(1);
        assertThat(installation.count("SELECT count(*) FROM permit")).isZero();
        assertThat(installation.count("SELECT count(*) FROM parked")).isZero();
    }

    private void runAll(Rooms engine) {
        engine.membership().runOnce(installation.clock.instant());
        eventually(
                "everything that is ready has ended",
                SOON,
                () -> {
                    engine.queue().sweep();
                    engine.worker().runOnce(installation.clock.instant());
                    return engine.worker().runningCount() == 0
                            && installation.count("SELECT count(*) FROM ready") == 0;
                });
    }

    private void runUntilEnded(List<Rooms> nodes, List<Job> jobs) {
        eventually(
                "all jobs end",
                SOON,
                () -> {
                    nodes.parallelStream()
                            .forEach(node -> node.worker().runOnce(installation.clock.instant()));
                    return installation.count("SELECT count(*) FROM run") == jobs.size();
                });
        nodes.forEach(node -> eventually("idle", SOON, () -> node.worker().runningCount() == 0));
    }

    private void eventuallyEnded(List<Job> jobs) {
        eventually(
                "all jobs end",
                SOON,
                () -> installation.count("SELECT count(*) FROM run") == jobs.size());
    }

    /// A handler that waits until the test lets it go.
    private record Held(CountDownLatch goOn) implements JobHandler {
        @Override
        public String type() {
            return Job.PROBE;
        }

        @Override
        public Outcome handle(Execution execution) throws InterruptedException {
            goOn.await();
            return new Outcome.Completed(0, Map.of(), Map.of());
        }
    }

    /// A probe that counts how many run at the same time.
    private static final class Counting implements JobHandler {
        private final Map<TenantId, Set<JobId>> running = new ConcurrentHashMap<>();
        private final Map<TenantId, Integer> most = new ConcurrentHashMap<>();
        private final Map<JobId, AtomicInteger> executions = new ConcurrentHashMap<>();
        private final AtomicInteger pooled = new AtomicInteger();
        private final AtomicInteger mostPooled = new AtomicInteger();

        @Override
        public String type() {
            return Job.PROBE;
        }

        int most(TenantId tenant) {
            return most.getOrDefault(tenant, 0);
        }

        @Override
        public Outcome handle(Execution execution) throws Exception {
            Job job = execution.job();
            executions.computeIfAbsent(job.id(), _ -> new AtomicInteger()).incrementAndGet();
            Set<JobId> mine =
                    running.computeIfAbsent(job.tenant(), _ -> ConcurrentHashMap.newKeySet());
            mine.add(job.id());
            most.merge(job.tenant(), mine.size(), Math::max);
            if (job.pool() != null) {
                mostPooled.accumulateAndGet(pooled.incrementAndGet(), Math::max);
            }
            try {
                return new dev.convergence.engine.worker.ProbeHandler().handle(execution);
            } finally {
                mine.remove(job.id());
                if (job.pool() != null) {
                    pooled.decrementAndGet();
                }
            }
        }
    }
}
