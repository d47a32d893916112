package dev.convergence.engine;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.event.Outbox;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.id.TimeOrderedId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.job.Origin;
import dev.convergence.engine.job.RetryPolicy;
import dev.convergence.engine.job.TriggerType;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.recovery.Partitions;
import dev.convergence.engine.recovery.Retention;
import dev.convergence.engine.recovery.RetentionPeriods;
import dev.convergence.engine.worker.JobHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// History goes when it is old, and nothing that is alive goes with it.
class RetentionTest {

    private static final JobHandler COMPLETES =
            JobHandler.of(Job.PROBE, _ -> Outcome.Completed.plain());
    private static final JobHandler FAILS =
            JobHandler.of(Job.PROBE, _ -> Outcome.Failed.of("Not today.", "BUSY", true));

    private static final Duration SOON = Duration.ofSeconds(60);

    private final Installation installation = new Installation();
    private final Retention retention = retention(Duration.ofSeconds(20));

    @AfterEach
    void the_books_are_in_order() throws InterruptedException {
        installation.close();
    }

    @Test
    void runs_are_there_for_ninety_days_and_then_unknown() throws InterruptedException {
        Rooms node = installation.node(4, COMPLETES);
        TenantId tenant = installation.tenant("acme", 10, 2);
        Job job = ended(node, tenant);
        installation.database.transact(handle ->
                handle.execute(
                        "INSERT INTO dead_letter VALUES (?, 'acme', 'It was the last.', now())",
                        job.id().value()));

        pass(Duration.ofDays(90));
        assertThat(retention.age(now())).isTrue();
        assertThat(node.runs().find(tenant, job.id()).state()).isEqualTo("COMPLETED");

        pass(Duration.ofDays(1));
        assertThat(retention.age(now())).isTrue();
        assertThatThrownBy(() -> node.runs().find(tenant, job.id()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("There is no pipeline run");
        assertThat(installation.count("SELECT count(*) FROM job")).isZero();
        assertThat(installation.count("SELECT count(*) FROM run")).isZero();
        assertThat(installation.count("SELECT count(*) FROM dead_letter")).isZero();
        assertThat(tables("job_20261122", "run_20261122")).isZero();
    }

    @Test
    void a_job_that_waits_keeps_its_day_until_it_has_ended() throws InterruptedException {
        Rooms node = installation.node(4, COMPLETES);
        TenantId tenant = installation.tenant("acme", 10, 2);
        ended(node, tenant);
        Job waiting = installation.probe(tenant, 5, Map.of());
        installation.enqueue(node, List.of(waiting));

        pass(Duration.ofDays(91));
        assertThat(retention.age(now())).isTrue();
        assertThat(installation.count("SELECT count(*) FROM job")).isEqualTo(2);

        work(node);
        assertThat(installation.state(waiting.id())).isEqualTo("COMPLETED");
        assertThat(retention.age(now())).isTrue();
        assertThat(installation.count("SELECT count(*) FROM job")).isZero();
    }

    @Test
    void a_retry_that_waits_keeps_the_days_of_all_attempts_before_it() throws InterruptedException {
        Rooms node = installation.node(4, FAILS);
        TenantId tenant = installation.tenant("acme", 10, 2);
        ended(node, tenant);
        for (int attempt = 1; attempt <= 2; attempt++) {
            pass(Duration.ofDays(1));
            node.queue().promoteDue(now());
            work(node);
        }

        installation.clock.advance(Duration.ofDays(90).minusHours(1)); // the third still waits
        assertThat(retention.age(now())).isTrue();
        assertThat(installation.count("SELECT count(*) FROM job")).isEqualTo(4);

        node.queue().promoteDue(now());
        work(node);
        assertThat(installation.count("SELECT count(*) FROM run")).isEqualTo(4);
        assertThat(retention.age(now())).isTrue();
        assertThat(installation.count("SELECT min(attempt) FROM job")).isEqualTo(3);
    }

    @Test
    void a_run_whose_record_is_still_to_be_copied_stays() throws InterruptedException {
        Rooms node = installation.node(4, COMPLETES);
        TenantId tenant = installation.tenant("acme", 10, 2);
        Job job = ended(node, tenant);
        log(tenant, job);
        installation.database.transact(handle ->
                Outbox.append(
                        handle,
                        Outbox.RUN_RECORD,
                        List.of(new Outbox.Subject(tenant, job.id())),
                        now()));

        pass(Duration.ofDays(91));
        assertThat(retention.age(now())).isTrue();
        assertThat(installation.count("SELECT count(*) FROM run")).isEqualTo(1);
        assertThat(installation.count("SELECT count(*) FROM run_log")).isEqualTo(6_000);

        installation.database.transact(handle -> handle.execute("TRUNCATE outbox"));
        assertThat(retention.age(now())).isTrue();
        assertThat(installation.count("SELECT count(*) FROM run")).isZero();
        assertThat(installation.count("SELECT count(*) FROM run_log")).isZero();
    }

    @Test
    void logs_go_before_their_runs_and_in_batches() throws InterruptedException {
        Rooms node = installation.node(4, COMPLETES);
        TenantId tenant = installation.tenant("acme", 10, 2);
        log(tenant, ended(node, tenant));
        log(tenant, ended(node, tenant));
        pass(Duration.ofDays(1));
        log(tenant, ended(node, tenant));

        pass(Duration.ofDays(30));
        assertThat(retention.age(now())).isTrue();

        assertThat(installation.count("SELECT count(*) FROM run_log")).isEqualTo(6_000);
        assertThat(installation.count("SELECT count(*) FROM run")).isEqualTo(3);
    }

    @Test
    void the_log_of_what_still_runs_stays() throws InterruptedException {
        Rooms node = installation.node(4);
        TenantId tenant = installation.tenant("acme", 10, 2);
        Job job = installation.probe(tenant, 5, Map.of("duration_ms", 600_000));
        installation.enqueue(node, List.of(job));
        node.worker().runOnce(now());
        log(tenant, job);

        pass(Duration.ofDays(91));
        assertThat(retention.age(now())).isTrue();

        assertThat(installation.count("SELECT count(*) FROM run_log")).isEqualTo(6_000);
        assertThat(installation.count("SELECT count(*) FROM lease")).isEqualTo(1);
        node.worker().loseAll("The test is over.");
    }

    @Test
    void slots_outlive_the_jobs_that_they_fired() throws InterruptedException {
        Rooms node =
                installation.node(4, JobHandler.of(Job.PIPELINE, _ -> Outcome.Completed.plain()));
        TenantId tenant = installation.tenant("acme", 10, 2);
        installation.config(node, tenant, "probe", 5, now().minusSeconds(60));
        assertThat(node.scheduler().trigger(now(), 10).fired()).isEqualTo(1);
        work(node);
        installation.database.transact(handle -> handle.execute("TRUNCATE outbox"));

        pass(Duration.ofDays(91));
        assertThat(retention.age(now())).isTrue();
        assertThat(installation.count("SELECT count(*) FROM job")).isZero();
        assertThat(installation.count("SELECT count(*) FROM slot")).isEqualTo(1);
        assertThat(Audit.violations(installation.database)).isEmpty();

        pass(Duration.ofDays(310));
        assertThat(retention.age(now())).isTrue();
        assertThat(installation.count("SELECT count(*) FROM slot")).isZero();
    }

    @Test
    void what_lies_in_the_default_partitions_goes_too() throws InterruptedException {
        installation.node(0);
        installation.tenant("acme", 10, 2);
        strays(Instant.parse("2026-07-01T10:00:00Z"), 12_000);
        strays(Instant.parse("2026-07-03T10:00:00Z"), 10);
        strays(Instant.parse("2026-09-30T10:00:00Z"), 10);

        assertThat(retention.age(now())).isTrue();

        assertThat(installation.count("SELECT count(*) FROM job_default")).isEqualTo(10);
        assertThat(installation.count("SELECT count(*) FROM run_default")).isEqualTo(10);
        assertThat(installation.count("SELECT count(*) FROM slot_default")).isEqualTo(12_020);
        pass(Duration.ofDays(400));
        assertThat(retention.age(now())).isTrue();
        assertThat(installation.count("SELECT count(*) FROM slot_default")).isZero();
    }

    @Test
    void a_long_reader_delays_a_drop_and_breaks_nothing() throws InterruptedException {
        Rooms node = installation.node(4, COMPLETES);
        TenantId tenant = installation.tenant("acme", 10, 2);
        ended(node, tenant);
        pass(Duration.ofDays(91));

        boolean whole =
                installation.database.inTransaction(reader -> {
                    reader.execute("SELECT count(*) FROM run");
                    return CompletableFuture.supplyAsync(
                                    () -> retention(Duration.ofMillis(50)).age(now()))
                            .join(); // on a connection of its own
                });

        assertThat(whole).isFalse();
        assertThat(installation.count("SELECT count(*) FROM job")).isEqualTo(1);
        assertThat(installation.count("SELECT count(*) FROM run")).isEqualTo(1);
        assertThat(retention.age(now())).isTrue();
        assertThat(installation.count("SELECT count(*) FROM job")).isZero();
    }

    @Test
    void two_nodes_at_once_drop_each_day_once() throws InterruptedException {
        Rooms node = installation.node(4, COMPLETES);
        TenantId tenant = installation.tenant("acme", 10, 2);
        ended(node, tenant);
        pass(Duration.ofDays(91));

        List<Boolean> both = Stream.of(1, 2).parallel().map(_ -> retention.age(now())).toList();

        assertThat(both).containsOnly(true);
        assertThat(installation.count("SELECT count(*) FROM job")).isZero();
    }

    private Retention retention(Duration patience) {
        return new Retention(installation.database, RetentionPeriods.DEFAULT, patience);
    }

    private Instant now() {
        return installation.clock.instant();
    }

    /// Time goes by in a running installation: the days get their partitions.
    private void pass(Duration time) {
        installation.clock.advance(time);
        new Partitions(installation.database).make(now());
    }

    private Job ended(Rooms node, TenantId tenant) throws InterruptedException {
        JobId id = JobId.next(now());
        Job job =
                new Job(
                        id,
                        tenant,
                        Job.PROBE,
                        Map.of(),
                        5,
                        0,
                        null,
                        id,
                        RetryPolicy.withBase(Duration.ofDays(1)),
                        null,
                        new Origin(
                                "acme-test", null, null, TriggerType.SCHEDULER, null, null, null));
        installation.enqueue(node, List.of(job));
        work(node);
        return job;
    }

    /// Runs what can be claimed, to its end.
    private void work(Rooms node) throws InterruptedException {
        node.membership().runOnce(now());
        assertThat(node.worker().process(1, now())).hasSize(1);
        eventually("it ended", SOON, () -> node.worker().runningCount() == 0);
    }

    private void log(TenantId tenant, Job job) {
        installation.database.transact(handle ->
                handle.execute(
                        """
                        INSERT INTO run_log (job_id, line_number, tenant_id, logged_at, line)
                        SELECT ?, n, ?, now(), 'a line' FROM generate_series(1, 6000) AS n
                        """,
                        job.id().value(),
                        tenant.value()));
    }

    /// Jobs of a day that had no partition, ended and fired by a slot.
    private void strays(Instant day, int number) {
        installation.database.transact(handle -> {
            var batch = handle.prepareBatch("INSERT INTO stray VALUES (?)");
            handle.execute("CREATE TEMP TABLE stray (job_id uuid) ON COMMIT DROP");
            for (int i = 0; i < number; i++) {
                batch.bind(0, TimeOrderedId.next(day)).add();
            }
            batch.execute();
            handle.execute(
                    "INSERT INTO job (job_id, tenant_id, job_type, priority) SELECT job_id, 'acme', 'probe', 5 FROM stray");
            handle.execute(
                    "INSERT INTO run (job_id, tenant_id, state, finished_at) SELECT job_id, 'acme', 'SKIPPED', ? FROM stray",
                    day);
            handle.execute(
                    """
                    INSERT INTO slot (tenant_id, config_id, due_at, outcome, job_id, decided_at)
                    SELECT 'acme', gen_random_uuid(), ?, 'FIRED', job_id, ? FROM stray
                    """,
                    day,
                    day);
        });
    }

    private long tables(String... names) {
        return Stream.of(names)
                .filter(name ->
                        installation.count(
                                        "SELECT count(*) FROM pg_class WHERE relname = '"
                                                + name
                                                + "'")
                                > 0)
                .count();
    }
}
