package dev.convergence.engine;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.event.EngineEvent;
import dev.convergence.engine.event.EngineEvent.JobGivenUp;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.queue.DeadLetter;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.worker.JobHandler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A job that takes its nodes with it is not tried for ever.
class DeadLetterTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration BEYOND_THE_LEASE = Duration.ofSeconds(31);
    private static final Duration BEYOND_ANY_PAUSE = Duration.ofHours(2);

    private final Installation installation = new Installation();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Queue<EngineEvent> told = new ConcurrentLinkedQueue<>();
    private TenantId acme;
    private Rooms keeper;

    @BeforeEach
    void open() {
        acme = installation.tenant("acme", 10, 1);
        keeper = installation.heardNode(1, told::add);
    }

    @AfterEach
    void the_books_are_in_order() throws InterruptedException {
        over.countDown();
        installation.close();
    }

    @Test
    void a_job_whose_node_was_lost_three_times_is_given_up_listed_and_redriven() {
        Job job = installation.probe(acme, 5, Map.of());
        installation.enqueue(keeper, List.of(job));

        JobId first = losesItsNode();
        assertThat(keeper.deadLetters().list(null, null, 10)).isEmpty();
        JobId second = losesItsNode();
        assertThat(keeper.deadLetters().list(null, null, 10)).isEmpty();
        JobId third = losesItsNode();

        assertThat(first).isEqualTo(job.id());
        assertThat(List.of(first, second, third)).doesNotHaveDuplicates();
        assertThat(keeper.deadLetters().list(acme, null, 10))
                .singleElement()
                .satisfies(letter -> {
                    assertThat(letter.job()).isEqualTo(third);
                    assertThat(letter.reason()).contains("3 times");
                    assertThat(letter.redrivenAs()).isEmpty();
                });
        assertThat(told).contains(new JobGivenUp(acme, third));
        assertThat(installation.state(third)).isEqualTo("FAILED");
        assertThat(installation.retryOf(third)).isEmpty();

        JobId again = redriven(third);
        keeper.worker().runOnce(installation.clock.instant());
        eventually("it is done", SOON, () -> installation.state(again).equals("COMPLETED"));

        assertThat(keeper.deadLetters().list(acme, null, 10))
                .extracting(DeadLetter::redrivenAs)
                .containsExactly(java.util.Optional.of(again));
    }

    @Test
    void a_letter_is_redriven_once_and_by_its_tenant_only() {
        installation.enqueue(keeper, List.of(installation.probe(acme, 5, Map.of())));
        losesItsNode();
        losesItsNode();
        JobId dead = losesItsNode();
        TenantId other = installation.tenant("globex", 10, 1);

        assertThat(keeper.deadLetters().list(other, null, 10)).isEmpty();
        assertThat(keeper.deadLetters().find(other, dead)).isEmpty();
        assertThat(keeper.deadLetters().redrive(other, dead, installation.clock.instant()))
                .isEmpty();
        redriven(dead);
        assertThat(keeper.deadLetters().redrive(acme, dead, installation.clock.instant()))
                .isEmpty();
    }

    @Test
    void a_redriven_job_begins_with_a_clean_slate() {
        installation.enqueue(keeper, List.of(installation.probe(acme, 5, Map.of())));
        losesItsNode();
        losesItsNode();
        redriven(losesItsNode());

        losesItsNode();
        losesItsNode();

        assertThat(keeper.deadLetters().list(acme, null, 10)).hasSize(1);
        losesItsNode();
        assertThat(keeper.deadLetters().list(acme, null, 10)).hasSize(2);
    }

    @Test
    void what_a_stop_or_a_fence_ends_does_not_count_against_the_job() throws InterruptedException {
        installation.enqueue(keeper, List.of(installation.probe(acme, 5, Map.of())));

        Rooms stopped = claims(stoppable());
        stopped.worker().drain(Duration.ZERO);
        pause(1);
        Rooms fenced = claims(stoppable());
        fenced.worker().loseAll("the node lost touch with the database.");
        pause(2);
        losesItsNode();
        pause(3);

        assertThat(installation.count("SELECT max(node_losses) FROM job")).isEqualTo(1);
        assertThat(keeper.deadLetters().list(null, null, 10)).isEmpty();
        assertThat(told).noneMatch(JobGivenUp.class::isInstance);
    }

    private JobId redriven(JobId dead) {
        return keeper.deadLetters().redrive(acme, dead, installation.clock.instant()).orElseThrow();
    }

    /// Waits until the attempts have ended and the next one may start.
    private void pause(int ended) {
        eventually(
                "the attempt ends",
                SOON,
                () -> installation.count("SELECT count(*) FROM run") == ended);
        installation.clock.advance(BEYOND_ANY_PAUSE);
        keeper.membership().runOnce(installation.clock.instant());
        keeper.queue().promoteDue(installation.clock.instant());
    }

    private Rooms claims(JobHandler handler) {
        Rooms node = installation.node(1, handler);
        node.worker().runOnce(installation.clock.instant());
        assertThat(node.worker().runningCount()).isEqualTo(1);
        return node;
    }

    /// A node claims the job, falls silent, and is found by another.
    ///
    /// @return the attempt that was lost
    private JobId losesItsNode() {
        Rooms doomed = claims(deaf());
        JobId attempt = doomed.worker().runningJobs().iterator().next();
        installation.clock.advance(BEYOND_THE_LEASE);
        keeper.membership().runOnce(installation.clock.instant());
        assertThat(keeper.rescuer().rescue(installation.clock.instant())).isEqualTo(1);
        installation.clock.advance(BEYOND_ANY_PAUSE);
        keeper.membership().runOnce(installation.clock.instant());
        keeper.queue().promoteDue(installation.clock.instant());
        return attempt;
    }

    /// Work that hears nothing, as that of a process that hangs.
    private JobHandler deaf() {
        return JobHandler.of(
                Job.PROBE,
                _ -> {
                    over.await();
                    return Outcome.Completed.plain();
                });
    }

    private static JobHandler stoppable() {
        return JobHandler.of(
                Job.PROBE,
                execution -> {
                    CountDownLatch asked = new CountDownLatch(1);
                    try (var _ = execution.cancellation().onRequest(asked::countDown)) {
                        asked.await();
                    }
                    execution.cancellation().check();
                    return Outcome.Completed.plain();
                });
    }
}
