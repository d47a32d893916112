package dev.convergence.engine;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.job.Origin;
import dev.convergence.engine.job.RetryPolicy;
import dev.convergence.engine.job.TriggerType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Work whose claim is gone must stop, and what a node gives up must be tried again.
class LostWorkTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Map<String, Object> LONG = Map.of("duration_ms", 600_000);

    private final Installation installation = new Installation();

    @AfterEach
    void the_books_are_in_order() throws InterruptedException {
        installation.close();
    }

    @Test
    void work_that_its_node_gave_up_is_tried_again() {
        Rooms engine = installation.node(1);
        Job job = started(engine, installation.probe(tenant(), 5, LONG));

        engine.worker().loseAll("The node lost touch with the database.");
        eventually("it ends", SOON, () -> !installation.state(job.id()).equals("LIVE"));

        assertThat(installation.state(job.id())).isEqualTo("FAILED");
        assertThat(installation.retryOf(job.id())).isPresent();
    }

    @Test
    void work_that_a_stop_did_not_wait_for_is_tried_again() throws InterruptedException {
        Rooms engine = installation.node(1);
        Job job = started(engine, installation.probe(tenant(), 5, LONG));

        engine.worker().drain(Duration.ZERO);
        eventually("it ends", SOON, () -> !installation.state(job.id()).equals("LIVE"));

        assertThat(installation.state(job.id())).isEqualTo("FAILED");
        assertThat(installation.retryOf(job.id())).isPresent();
    }

    @Test
    void a_node_that_was_taken_for_dead_stops_its_old_work() {
        Rooms frozen = installation.node(1);
        started(frozen, installation.probe(tenant(), 5, LONG));
        installation.clock.advance(Duration.ofSeconds(31));
        installation.node(1).rescuer().runOnce(installation.clock.instant());

        frozen.membership().runOnce(installation.clock.instant());
        frozen.worker().watchLeases();

        eventually("the old attempt stops", SOON, () -> frozen.worker().runningCount() == 0);
    }

    @Test
    void a_run_that_an_operator_cleaned_up_stops() {
        Rooms engine = installation.node(1);
        started(engine, pipeline(tenant()));
        installation.clock.advance(Duration.ofMinutes(2));

        engine.orphanCleanup().clean(Duration.ofMinutes(1), installation.clock.instant());
        engine.worker().watchLeases();

        eventually("the old attempt stops", SOON, () -> engine.worker().runningCount() == 0);
    }

    private TenantId tenant() {
        return installation.tenant("acme", 10, 1);
    }

    private Job started(Rooms engine, Job job) {
        installation.enqueue(engine, List.of(job));
        engine.worker().runOnce(installation.clock.instant());
        assertThat(engine.worker().runningCount()).isEqualTo(1);
        return job;
    }

    /// A pipeline's run by its record, a probe by its work.
    private Job pipeline(TenantId tenant) {
        JobId id = JobId.next(installation.clock.instant());
        return new Job(
                id,
                tenant,
                Job.PROBE,
                LONG,
                5,
                0,
                null,
                id,
                RetryPolicy.withBase(Duration.ofSeconds(10)),
                null,
                new Origin("acme-test", null, null, TriggerType.API, "test", null, null));
    }
}
