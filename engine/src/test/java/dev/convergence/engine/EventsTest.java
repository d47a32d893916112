package dev.convergence.engine;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.event.EngineEvent;
import dev.convergence.engine.event.EngineEvent.BatchFired;
import dev.convergence.engine.event.EngineEvent.ClaimMade;
import dev.convergence.engine.event.EngineEvent.JobEnded;
import dev.convergence.engine.event.EngineEvent.LateCompletionRefused;
import dev.convergence.engine.event.EngineEvent.NodeJoined;
import dev.convergence.engine.event.EngineEvent.NodeLost;
import dev.convergence.engine.event.EngineEvent.NodeTakenForDead;
import dev.convergence.engine.event.EngineEvent.SettlementWritten;
import dev.convergence.engine.event.EngineEvent.WorkRescued;
import dev.convergence.engine.id.NodeId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.worker.JobHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a node tells of itself is what happened.
class EventsTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final Installation installation = new Installation();
    private final Queue<EngineEvent> told = new ConcurrentLinkedQueue<>();

    @AfterEach
    void the_books_are_in_order() throws InterruptedException {
        installation.close();
    }

    @Test
    void a_job_is_told_from_its_claim_to_its_end() {
        Rooms engine = installation.heardNode(4, told::add);
        TenantId acme = installation.tenant("acme", 10, 4);
        List<Job> jobs = probes(acme, 3, Map.of());
        installation.enqueue(engine, jobs);

        engine.worker().runOnce(installation.clock.instant());
        eventually("all are told", SOON, () -> told(JobEnded.class).size() == 3);

        assertThat(told(NodeJoined.class)).containsExactly(new NodeJoined(node(engine)));
        assertThat(told(ClaimMade.class))
                .singleElement()
                .satisfies(claim -> {
                    assertThat(claim.count()).isEqualTo(3);
                    assertThat(claim.lanes()).isEqualTo(1);
                    assertThat(claim.duration()).isPositive();
                });
        assertThat(told(SettlementWritten.class).stream().mapToInt(SettlementWritten::count).sum())
                .isEqualTo(3);
        assertThat(told(JobEnded.class))
                .allSatisfy(end -> {
                    assertThat(end.tenant()).isEqualTo(acme);
                    assertThat(end.what()).isEqualTo(Job.PROBE);
                    assertThat(end.state()).isEqualTo("COMPLETED");
                    assertThat(end.isRetried() || end.isGivenUp()).isFalse();
                })
                .extracting(JobEnded::job)
                .containsExactlyInAnyOrderElementsOf(jobs.stream().map(Job::id).toList());
    }

    @Test
    void a_failure_is_told_as_retried_until_it_is_given_up() {
        Rooms engine = installation.heardNode(1, told::add);
        TenantId acme = installation.tenant("acme", 10, 1);
        installation.enqueue(engine, probes(acme, 1, Map.of("outcome", "FAILED")));

        for (int attempt = 1; attempt <= 4; attempt++) {
            int ends = attempt;
            engine.worker().runOnce(installation.clock.instant());
            eventually("its end is told", SOON, () -> told(JobEnded.class).size() == ends);
            installation.clock.advance(Duration.ofMinutes(2));
            engine.membership().runOnce(installation.clock.instant());
            engine.queue().promoteDue(installation.clock.instant());
        }

        assertThat(told(JobEnded.class))
                .extracting(JobEnded::isRetried)
                .containsExactly(true, true, true, false);
        assertThat(told(JobEnded.class).getLast().isGivenUp()).isTrue();
    }

    @Test
    void a_lost_node_its_rescue_and_its_return_are_told() {
        CountDownLatch goOn = new CountDownLatch(1);
        Queue<EngineEvent> toldByFrozen = new ConcurrentLinkedQueue<>();
        Rooms frozen = installation.heardNode(2, toldByFrozen::add, held(goOn));
        installation.enqueue(frozen, probes(installation.tenant("acme", 10, 2), 2, Map.of()));
        frozen.worker().runOnce(installation.clock.instant());
        NodeId lost = node(frozen);
        installation.clock.advance(Duration.ofSeconds(31));

        installation.heardNode(1, told::add); // rescues when it joins
        frozen.membership().runOnce(installation.clock.instant());
        goOn.countDown();
        eventually(
                "the late ends are refused",
                SOON,
                () -> told(toldByFrozen, LateCompletionRefused.class).size() == 2);

        assertThat(told(NodeLost.class)).containsExactly(new NodeLost(lost));
        assertThat(told(WorkRescued.class)).containsExactly(new WorkRescued(lost, 2));
        assertThat(told(toldByFrozen, NodeTakenForDead.class))
                .containsExactly(new NodeTakenForDead(lost));
        assertThat(told(toldByFrozen, NodeJoined.class))
                .containsExactly(new NodeJoined(lost), new NodeJoined(node(frozen)));
        assertThat(told(toldByFrozen, JobEnded.class)).isEmpty();
    }

    @Test
    void a_batch_of_the_scheduler_is_told_with_its_outcomes_and_its_lag() {
        Rooms engine = installation.heardNode(0, told::add);
        TenantId acme = installation.tenant("acme", 1, 5);
        installation.config(
                engine, acme, "a", 5, installation.clock.instant().minus(Duration.ofSeconds(40)));
        installation.config(
                engine, acme, "b", 5, installation.clock.instant().minus(Duration.ofSeconds(10)));

        engine.scheduler().runOnce(installation.clock.instant());

        assertThat(told(BatchFired.class))
                .containsExactly(
                        new BatchFired(
                                Map.of("FIRED", 1, "SKIPPED_QUOTA", 1), Duration.ofSeconds(40)));
    }

    @Test
    void a_listener_that_fails_harms_nobody() {
        Rooms engine =
                installation.heardNode(
                        1,
                        event -> {
                            throw new IllegalStateException("no " + event);
                        });
        List<Job> jobs = probes(installation.tenant("acme", 10, 1), 2, Map.of());
        installation.enqueue(engine, jobs);

        for (Job job : jobs) {
            engine.worker().runOnce(installation.clock.instant());
            eventually(
                    "it is done",
                    SOON,
                    () ->
                            installation.state(job.id()).equals("COMPLETED")
                                    && engine.worker().runningCount() == 0);
        }
    }

    private static NodeId node(Rooms engine) {
        return engine.membership().node();
    }

    private List<Job> probes(TenantId tenant, int count, Map<String, Object> params) {
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            jobs.add(installation.probe(tenant, 5, params));
        }
        return jobs;
    }

    private static JobHandler held(CountDownLatch goOn) {
        return JobHandler.of(
                Job.PROBE,
                _ -> {
                    goOn.await();
                    return Outcome.Completed.plain();
                });
    }

    private <T extends EngineEvent> List<T> told(Class<T> type) {
        return told(told, type);
    }

    private static <T extends EngineEvent> List<T> told(Queue<EngineEvent> all, Class<T> type) {
        return all.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
