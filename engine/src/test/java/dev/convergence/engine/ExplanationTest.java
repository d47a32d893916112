package dev.convergence.engine;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.run.Explanation;
import dev.convergence.engine.run.Waiting;
import dev.convergence.engine.schedule.Triggered;
import dev.convergence.engine.worker.JobHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Why a job is where it is.
class ExplanationTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final Installation installation = new Installation();
    private final CountDownLatch end = new CountDownLatch(1);
    private final JobHandler held =
            JobHandler.of(
                    Job.PROBE,
                    _ -> {
                        end.await();
                        return Outcome.Failed.of("It was told to fail.", "TEST", true);
                    });

    @AfterEach
    void the_books_are_in_order() throws InterruptedException {
        end.countDown();
        installation.close();
    }

    @Test
    void what_waits_behind_others_hears_how_many_and_of_which_priority() {
        Rooms engine = installation.node(4, held);
        TenantId tenant = installation.tenant("acme", 10, 4);
        List<Job> jobs =
                IntStream.of(9, 9, 5, 5, 5)
                        .mapToObj(p -> installation.probe(tenant, p, Map.of()))
                        .toList();
        installation.enqueue(engine, jobs);

        assertThat(reasons(engine, jobs.getLast()))
                .singleElement()
                .isEqualTo(
                        new Waiting.Behind(
                                5, new Waiting.Count(2, false), new Waiting.Count(2, false)));
        assertThat(codes(engine, jobs.getFirst())).containsExactly("NEXT");
        assertThat(explain(engine, jobs.getFirst()).state()).isEqualTo("QUEUED");
    }

    @Test
    void a_full_lane_busy_workers_and_no_workers_are_told_apart() {
        Rooms none = installation.node(0, held);
        TenantId acme = installation.tenant("acme", 10, 1);
        TenantId globex = installation.tenant("globex", 10, 5);
        Job first = installation.probe(acme, 5, Map.of());
        Job second = installation.probe(acme, 5, Map.of());
        installation.enqueue(none, List.of(first, second));
        assertThat(codes(none, first)).containsExactly("NO_WORKER");

        Rooms engine = installation.node(1, held);
        engine.worker().runOnce(installation.clock.instant());
        eventually("one runs", SOON, () -> engine.worker().runningCount() == 1);
        Job other = installation.probe(globex, 5, Map.of());
        installation.enqueue(engine, List.of(other));

        assertThat(codes(engine, first)).containsExactly("RUNNING");
        assertThat(explain(engine, first).isWaiting()).isFalse();
        assertThat(reasons(engine, second)).first().isEqualTo(new Waiting.LaneFull(1, 1));
        assertThat(codes(engine, other)).containsExactly("WORKERS_BUSY");
        assertThat(reasons(engine, other).getFirst().sentence()).contains("All 1 slots");
    }

    @Test
    void a_retrys_pause_a_stopped_queue_and_a_suspended_tenant_are_named() {
        Rooms engine = installation.node(1, held);
        TenantId tenant = installation.tenant("acme", 10, 2);
        Job job = installation.probe(tenant, 5, Map.of());
        installation.enqueue(engine, List.of(job));
        engine.worker().runOnce(installation.clock.instant());
        end.countDown();
        eventually("it has failed", SOON, () -> installation.state(job.id()).equals("FAILED"));
        JobId retry = JobId.of(installation.retryOf(job.id()).orElseThrow());

        assertThat(explain(engine, retry).reasons())
                .singleElement()
                .isEqualTo(
                        new Waiting.NotYetDue(installation.clock.instant().plusSeconds(10), true));
        assertThat(codes(engine, job)).containsExactly("FAILED");
        engine.lanes().pause(tenant);
        assertThat(explain(engine, retry).reasons())
                .extracting(Waiting::code)
                .containsExactly("RETRY_PAUSE", "LANE_PAUSED");
        installation.database.transact(
                handle -> handle.execute("UPDATE lane SET is_suspended = true"));
        assertThat(explain(engine, retry).reasons())
                .extracting(Waiting::code)
                .contains("TENANT_SUSPENDED");
        installation.database.transact(
                handle -> handle.execute("UPDATE lane SET is_suspended = false"));
    }

    @Test
    void a_taken_pool_says_by_how_many_and_who_is_before() {
        Rooms engine = installation.node(4, held);
        TenantId tenant = installation.tenant("acme", 10, 4);
        List<Job> jobs =
                IntStream.range(0, 3)
                        .mapToObj(_ -> installation.probe(tenant, 5, Map.of(), "ollama-local"))
                        .toList();
        installation.enqueue(engine, jobs);
        engine.worker().runOnce(installation.clock.instant());
        eventually(
                "two are parked",
                SOON,
                () -> installation.count("SELECT count(*) FROM parked") == 2);

        assertThat(reasons(engine, jobs.getLast()))
                .contains(
                        new Waiting.PoolTaken(
                                "ollama-local", 1, 0, 1, new Waiting.Count(1, false)));
    }

    @Test
    void a_skipped_run_says_that_it_was_the_quota_and_a_strangers_job_is_unknown() {
        Rooms engine = installation.node(0, held);
        TenantId tenant = installation.tenant("acme", 0, 1);
        TenantId stranger = installation.tenant("globex", 0, 1);
        Instant now = installation.clock.instant();
        ConfigId config = installation.config(engine, tenant, "probe", 5, now);
        Triggered triggered = engine.scheduler().trigger(now, 10);
        JobId skipped = triggered.decisions().getFirst().job();

        assertThat(config).isNotNull();
        assertThat(explain(engine, skipped).reasons())
                .extracting(Waiting::code)
                .containsExactly("SKIPPED_QUOTA");
        assertThat(engine.explanations().of(stranger, skipped, now)).isEmpty();
    }

    @Test
    void of_half_a_million_waiting_jobs_no_more_are_counted_than_a_bound() {
        Rooms engine = installation.node(1, held);
        TenantId tenant = installation.tenant("acme", 10, 4);
        installation.database.transact(handle ->
                handle.execute(
                        """
                        INSERT INTO ready (tenant_id, priority, job_id)
                        SELECT 'acme', 5, id_floor(now() + n * interval '1 millisecond')
                        FROM generate_series(1, 500000) n
                        """));
        Job last = installation.probe(tenant, 5, Map.of());
        installation.enqueue(engine, List.of(last));

        List<Waiting> reasons = reasons(engine, last);

        assertThat(reasons)
                .singleElement()
                .isEqualTo(
                        new Waiting.Behind(
                                5, new Waiting.Count(0, false), new Waiting.Count(1000, true)));
        installation.database.transact(handle -> handle.execute("TRUNCATE ready"));
        installation.database.transact(handle -> handle.execute("DELETE FROM job"));
    }

    private List<Waiting> reasons(Rooms engine, Job job) {
        return explain(engine, job).reasons();
    }

    private List<String> codes(Rooms engine, Job job) {
        return reasons(engine, job).stream().map(Waiting::code).toList();
    }

    private Explanation explain(Rooms engine, Job job) {
        return explain(engine, job.id());
    }

    private Explanation explain(Rooms engine, JobId job) {
        return engine.explanations().of(null, job, installation.clock.instant()).orElseThrow();
    }
}
