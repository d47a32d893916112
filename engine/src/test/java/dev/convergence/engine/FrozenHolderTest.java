package dev.convergence.engine;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.queue.TenantRemoval;
import dev.convergence.engine.recovery.Presence;
import dev.convergence.engine.run.Waiting;
import dev.convergence.engine.worker.JobHandler;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A lost node that may only be frozen still uses what its pool guards.
class FrozenHolderTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String POOL = "ollama-local";

    private final Installation here = new Installation();
    private final TenantId tenant = here.tenant("acme", 100, 5);
    private final CountDownLatch thaw = new CountDownLatch(1);
    private Rooms frozen;
    private Rooms living;
    private Job job;

    @BeforeEach
    void its_work_is_under_way() {
        frozen =
                here.node(
                        1,
                        JobHandler.of(
                                Job.PROBE,
                                _ -> {
                                    thaw.await();
                                    return Outcome.Completed.plain();
                                }));
        living = here.node(1);
        job = here.probe(tenant, 5, Map.of(), POOL);
        here.enqueue(frozen, List.of(job));
        frozen.worker().runOnce(now());
        assertThat(permits()).isEqualTo(1);
    }

    @AfterEach
    void the_books_are_in_order() throws InterruptedException {
        thaw.countDown();
        here.close();
    }

    private Instant now() {
        return here.clock.instant();
    }

    private long permits() {
        return here.count("SELECT count(*) FROM permit");
    }

    private JobId rescued() {
        here.clock.advance(Duration.ofSeconds(31));
        living.membership().runOnce(now());
        living.rescuer().runOnce(now());
        assertThat(here.state(job.id())).isEqualTo("FAILED");
        return JobId.of(here.retryOf(job.id()).orElseThrow());
    }

    private void work() {
        here.clock.advance(Duration.ofSeconds(20));
        living.membership().runOnce(now());
        living.queue().promoteDue(now());
        living.worker().runHere(now());
    }

    /// The permit is free a moment before who waits for it may go on.
    private boolean hasEnded(JobId waiting) {
        work();
        return !here.state(waiting).equals("LIVE");
    }

    @Test
    void its_permit_stays_until_its_work_has_stopped() {
        JobId retry = rescued();
        work();
        assertThat(here.state(retry)).isEqualTo("LIVE");
        assertThat(living.explanations().of(tenant, retry, now()).orElseThrow().reasons())
                .contains(new Waiting.PoolTaken(POOL, 1, 1, 1, new Waiting.Count(0, false)));

        thaw.countDown();
        eventually("its late end is heard", SOON, () -> permits() == 0);
        eventually("the retry has its turn", SOON, () -> hasEnded(retry));

        assertThat(here.state(job.id())).isEqualTo("FAILED");
        assertThat(here.state(retry)).isEqualTo("COMPLETED");
    }

    @Test
    void its_permit_returns_when_it_ends_before_its_run_is_rescued() {
        here.clock.advance(Duration.ofSeconds(31));
        here.database.transact(handle ->
                handle.execute("UPDATE permit SET held_until = now(), host = 'another', pid = 1"));

        thaw.countDown();
        eventually("it has ended", SOON, () -> permits() == 0);

        assertThat(here.state(job.id())).isEqualTo("COMPLETED");
    }

    @Test
    void its_permit_returns_at_once_when_its_process_is_dead() {
        here.database.transact(handle ->
                handle.execute(
                        "UPDATE node SET pid = 999999999 WHERE node_id = ?",
                        frozen.membership().node().value()));

        JobId retry = rescued();

        assertThat(permits()).isZero();
        work();
        assertThat(here.state(retry)).isEqualTo("COMPLETED");
    }

    @Test
    void its_permit_returns_when_its_process_is_killed_later() {
        rescued();
        living.rescuer().runOnce(now());
        assertThat(permits()).isEqualTo(1);

        here.database.transact(handle -> handle.execute("UPDATE permit SET pid = 999999999"));
        living.rescuer().runOnce(now());

        assertThat(permits()).isZero();
    }

    @Test
    void its_permit_stays_as_long_as_its_connection_does() throws SQLException {
        Presence presence = frozen.membership().presence();
        try (Connection own = here.connection()) {
            presence.take(own);
            presence.show(true);
            frozen.membership().runOnce(now());
            rescued();
            living.rescuer().runOnce(now());
            assertThat(permits()).isEqualTo(1);
            presence.giveBack(own);
        }

        living.rescuer().runOnce(now());

        assertThat(permits()).isZero();
    }

    @Test
    void a_permit_whose_holder_nobody_can_look_at_returns_after_ten_minutes() {
        rescued();
        here.clock.advance(Duration.ofMinutes(9));
        living.membership().runOnce(now());
        living.rescuer().runOnce(now());
        assertThat(permits()).isEqualTo(1);

        here.clock.advance(Duration.ofMinutes(1));
        living.membership().runOnce(now());
        living.rescuer().runOnce(now());

        assertThat(permits()).isZero();
    }

    @Test
    void its_permit_stays_when_an_operator_cleans_its_run_up() {
        makeItARunOfAPipeline();
        here.clock.advance(Duration.ofMinutes(2));
        frozen.membership().runOnce(now());

        assertThat(living.orphanCleanup().clean(Duration.ofMinutes(1), now())).hasSize(1);
        assertThat(permits()).isEqualTo(1);
        thaw.countDown();

        eventually("its late end is heard", SOON, () -> permits() == 0);
    }

    /// No job is changed while it runs, so the witness of that must look away.
    private void makeItARunOfAPipeline() {
        here.database.transact(handle -> {
            handle.execute("SET LOCAL session_replication_role = 'replica'");
            handle.execute(
                    "UPDATE job SET pipeline_id = 'acme-test', trigger_type = 'api' WHERE pool = ?",
                    POOL);
        });
    }

    @Test
    void its_permit_stays_when_its_tenant_is_deleted() {
        here.database.transact(handle -> {
            TenantRemoval.dropClaims(handle, tenant);
            TenantRemoval.remove(handle, tenant);
        });
        assertThat(permits()).isEqualTo(1);
        thaw.countDown();

        eventually("its late end is heard", SOON, () -> permits() == 0);
    }

    @Test
    void a_repair_leaves_it_to_its_holder() {
        rescued();

        living.repairs().repair();

        assertThat(permits()).isEqualTo(1);
    }
}
