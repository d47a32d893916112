package dev.convergence.engine;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.convergence.engine.Rewriting.Fragment;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.queue.Claim;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.sql.DatabaseClock;
import dev.convergence.engine.worker.JobHandler;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Promises of docs/invariants.md that no other test has for its subject.
class InvariantTest {

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
    void i3_of_many_that_end_a_job_one_is_heard() {
        Rooms silent = installation.node(8, held);
        TenantId tenant = installation.tenant("acme", 100, 8);
        installation.enqueue(silent, probes(tenant, 8));
        silent.worker().runOnce(installation.clock.instant());
        List<Rooms> rescuers = IntStream.range(0, 3).mapToObj(_ -> installation.node(0)).toList();
        installation.clock.advance(Duration.ofSeconds(31));
        rescuers.forEach(node -> node.membership().runOnce(installation.clock.instant()));

        CompletableFuture<Void> late = CompletableFuture.runAsync(end::countDown);
        int rescued =
                rescuers.parallelStream()
                        .mapToInt(node -> node.rescuer().rescue(installation.clock.instant()))
                        .sum();
        late.join();
        eventually("all late", SOON, () -> silent.worker().runningCount() == 0);

        long failed = installation.count("SELECT count(*) FROM run WHERE state = 'FAILED'");
        long completed = installation.count("SELECT count(*) FROM run WHERE state = 'COMPLETED'");
        assertThat(failed + completed).isEqualTo(8);
        assertThat(failed).isEqualTo(rescued);
        assertThat(installation.count("SELECT count(*) FROM deferred")).isEqualTo(rescued);
    }

    @Test
    void i6_what_nobody_was_told_of_is_found_by_the_sweep_of_any_node() {
        Rooms dying = installation.node(0);
        Rooms other = installation.node(4);
        TenantId tenant = installation.tenant("acme", 100, 4);
        installation.database.transact(handle -> dying.queue().enqueue(handle, probes(tenant, 3)));
        other.worker().runOnce(installation.clock.instant());
        assertThat(Audit.late(installation.database, installation.clock.instant()))
                .singleElement()
                .asString()
                .contains(Invariant.READY_IS_IN_THE_RING.sentence());

        other.queue().sweep();
        other.worker().runOnce(installation.clock.instant());

        eventually("all end", SOON, () -> installation.count("SELECT count(*) FROM run") == 3);
    }

    @Test
    void who_asks_for_the_next_job_gets_one_that_nobody_has_been_told_of_yet() throws Exception {
        Rooms telling = installation.node(0);
        Rooms asked = installation.node(0);
        TenantId tenant = installation.tenant("acme", 100, 4);
        List<Job> jobs = probes(tenant, 1);
        installation.database.transact(handle -> telling.queue().enqueue(handle, jobs));

        List<Claim> claims = asked.worker().process(1, installation.clock.instant());

        assertThat(claims)
                .singleElement()
                .extracting(claim -> claim.job().id())
                .isEqualTo(jobs.getFirst().id());
        eventually("it ends", SOON, () -> asked.worker().runningCount() == 0);
    }

    @Test
    void i8_nothing_starts_on_any_node_once_a_pause_has_committed() {
        TenantId tenant = installation.tenant("acme", 1000, 1000);
        List<Rooms> nodes = IntStream.range(0, 3).mapToObj(_ -> installation.node(500)).toList();
        installation.enqueue(nodes.getFirst(), probes(tenant, 300));
        AtomicBoolean isOver = new AtomicBoolean();
        List<CompletableFuture<Void>> claiming =
                nodes.stream()
                        .map(node -> CompletableFuture.runAsync(() -> claimOneByOne(node, isOver)))
                        .toList();
        eventually("some have started", SOON, () -> attempts() > 20);

        nodes.getFirst().lanes().pause(tenant);
        long started = attempts();
        for (Rooms node : nodes) {
            node.worker().runOnce(installation.clock.instant());
        }
        isOver.set(true);
        claiming.forEach(CompletableFuture::join);

        assertThat(attempts()).isEqualTo(started).isLessThan(300);
    }

    private void claimOneByOne(Rooms node, AtomicBoolean isOver) {
        try {
            while (!isOver.get()) {
                node.worker().process(1, installation.clock.instant());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private long attempts() {
        return installation.count(
                "SELECT (SELECT count(*) FROM run) + (SELECT count(*) FROM lease)");
    }

    @Test
    void i12_the_time_is_the_databases_however_wrong_a_nodes_own_clock_is() {
        Fragment ahead =
                new Fragment(
                        "SELECT clock_timestamp()",
                        "SELECT clock_timestamp() + interval '5 minutes'");
        Rewriting later = new Rewriting(List.of(ahead));
        try (Installation fiveMinutesOn = new Installation(later::between)) {
            Instant there = new DatabaseClock(fiveMinutesOn.database).instant();
            Instant here = new DatabaseClock(installation.database).instant();

            assertThat(later.missed()).isEmpty();
            assertThat(there)
                    .isCloseTo(here.plus(5, ChronoUnit.MINUTES), within(10, ChronoUnit.SECONDS));
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private List<Job> probes(TenantId tenant, int count) {
        return Stream.generate(() -> installation.probe(tenant, 5, Map.of())).limit(count).toList();
    }
}
