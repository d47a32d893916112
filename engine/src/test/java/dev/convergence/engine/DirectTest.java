package dev.convergence.engine;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.convergence.engine.direct.DirectEnd;
import dev.convergence.engine.direct.DirectRequest;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.ReservationId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.job.NewJob;
import dev.convergence.engine.job.Ties;
import dev.convergence.engine.queue.DirectStart.Reason;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.worker.JobHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Work whose caller waits: after what runs, before what waits, and the lane comes back always.
class DirectTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Installation here = new Installation();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch end = new CountDownLatch(1);
    private final JobHandler held =
            JobHandler.of(
                    "held",
                    _ -> {
                        end.await();
                        return Outcome.Completed.plain();
                    });
    private Rooms engine;
    private TenantId tenant;

    @BeforeEach
    void open() {
        engine = here.node(4, held, JobHandler.of("broken", _ -> throwing()));
        tenant = here.tenant("acme", 100, 4);
    }

    @AfterEach
    void the_books_are_in_order_and_no_lane_is_reserved() throws InterruptedException {
        end.countDown();
        callers.shutdown();
        assertThat(here.count("SELECT count(*) FROM reservation WHERE status = 'ACTIVE'")).isZero();
        here.close();
    }

    private static Outcome throwing() {
        throw new IllegalStateException("broken on purpose");
    }

    private Instant now() {
        return here.clock.instant();
    }

    private DirectRequest asking(String type, Map<String, Object> params, Duration timeout) {
        return asking(NewJob.of(tenant.value(), type).params(params), timeout);
    }

    private DirectRequest asking(NewJob work, Duration timeout) {
        NewJob direct = work.retry(work.retry().withRetriesMax(0)).ties(Ties.DIRECT);
        return new DirectRequest(tenant, direct::at, "a caller", timeout);
    }

    private DirectEnd execute(Rooms node, DirectRequest request) {
        return execute(node, request, new AtomicBoolean());
    }

    private static DirectEnd execute(Rooms node, DirectRequest request, AtomicBoolean isGone) {
        try {
            return node.direct().execute(request, isGone::get);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private CompletableFuture<DirectEnd> waiting(DirectRequest request, AtomicBoolean isGone) {
        CompletableFuture<DirectEnd> caller =
                CompletableFuture.supplyAsync(() -> execute(engine, request, isGone), callers);
        eventually("its lane is reserved", SOON, this::isReserved);
        return caller;
    }

    private boolean isReserved() {
        return engine.reservations().active(tenant, now()).isPresent();
    }

    private JobId executed(DirectEnd directEnd) {
        assertThat(directEnd).isInstanceOf(DirectEnd.Executed.class);
        return ((DirectEnd.Executed) directEnd).job();
    }

    /// A job of the tenant that runs until the test lets it end.
    private Job running() {
        Job job = of("held");
        here.enqueue(engine, List.of(job));
        engine.worker().runOnce(now());
        return job;
    }

    private Job of(String type) {
        return NewJob.of(tenant.value(), type).at(now());
    }

    private long token(JobId job) {
        return here.count("SELECT token FROM run WHERE job_id = '" + job + "'");
    }

    @Test
    void an_empty_lane_is_used_at_once() {
        JobId job = executed(execute(engine, asking("probe", Map.of("exit_code", 0), LONG)));

        assertThat(here.state(job)).isEqualTo("COMPLETED");
        assertThat(here.count("SELECT count(*) FROM job WHERE kind = 'DIRECT'")).isEqualTo(1);
        assertThat(here.count("SELECT count(*) FROM reservation WHERE status = 'RELEASED'"))
                .isEqualTo(1);
    }

    @Test
    void it_comes_after_what_runs_and_before_what_waits() {
        Job first = running();
        Job next = here.probe(tenant, 900, Map.of());
        CompletableFuture<DirectEnd> caller =
                waiting(asking("probe", Map.of(), LONG), new AtomicBoolean());
        here.enqueue(engine, List.of(next));
        engine.worker().runOnce(now());
        assertThat(here.state(next.id())).isEqualTo("LIVE");

        end.countDown();
        JobId direct = executed(caller.join());
        engine.worker().runOnce(now());
        eventually("the queue goes on", SOON, () -> here.state(next.id()).equals("COMPLETED"));

        assertThat(token(direct)).isGreaterThan(token(first.id())).isLessThan(token(next.id()));
    }

    @Test
    void a_failure_is_answered_and_never_tried_again() {
        JobId failed =
                executed(execute(engine, asking("probe", Map.of("outcome", "FAILED"), LONG)));
        JobId broken = executed(execute(engine, asking("broken", Map.of(), LONG)));

        assertThat(here.state(failed)).isEqualTo("FAILED");
        assertThat(here.state(broken)).isEqualTo("FAILED");
        assertThat(here.count("SELECT count(*) FROM job")).isEqualTo(2);
    }

    @Test
    void a_second_caller_is_refused_while_the_first_waits() {
        running();
        CompletableFuture<DirectEnd> first =
                waiting(asking("probe", Map.of(), LONG), new AtomicBoolean());

        assertThatThrownBy(() -> execute(engine, asking("probe", Map.of(), LONG)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("a caller");

        end.countDown();
        executed(first.join());
    }

    @Test
    void a_caller_whose_time_is_up_before_it_starts_has_left_nothing() {
        running();

        DirectEnd timeUp = execute(engine, asking("probe", Map.of(), Duration.ofMillis(300)));

        assertThat(timeUp).isEqualTo(new DirectEnd.TimeUp(Optional.empty()));
        assertThat(here.count("SELECT count(*) FROM job WHERE kind = 'DIRECT'")).isZero();
        assertThat(isReserved()).isFalse();
    }

    @Test
    void work_that_takes_longer_than_its_caller_waits_is_cancelled() {
        JobId job = workThatTakesTooLong();

        eventually("it has stopped", SOON, () -> here.state(job).equals("CANCELLED"));
        assertThat(here.count("SELECT count(*) FROM job")).isEqualTo(1);
    }

    /// On a busy machine a short time may be up before the work begins, which leaves nothing.
    private JobId workThatTakesTooLong() {
        Map<String, Object> params = Map.of("duration_ms", 60_000);
        Optional<JobId> begun = Optional.empty();
        for (long patience = 300; begun.isEmpty(); patience *= 2) {
            DirectRequest request = asking("probe", params, Duration.ofMillis(patience));
            begun = ((DirectEnd.TimeUp) execute(engine, request)).job();
        }
        return begun.get();
    }

    @Test
    void a_caller_who_goes_away_while_waiting_gives_the_lane_back() {
        running();
        AtomicBoolean isGone = new AtomicBoolean();
        CompletableFuture<DirectEnd> caller = waiting(asking("probe", Map.of(), LONG), isGone);

        isGone.set(true);

        assertThat(caller.join()).isEqualTo(new DirectEnd.CallerGone());
        assertThat(isReserved()).isFalse();
        assertThat(here.count("SELECT count(*) FROM job WHERE kind = 'DIRECT'")).isZero();
    }

    @Test
    void it_works_while_its_tenant_has_stopped_the_queue() {
        engine.lanes().pause(tenant);

        JobId job = executed(execute(engine, asking("probe", Map.of(), LONG)));

        assertThat(here.state(job)).isEqualTo("COMPLETED");
    }

    @Test
    void a_node_without_slots_executes_it_all_the_same() {
        JobId job = executed(execute(here.node(0), asking("probe", Map.of(), LONG)));

        assertThat(here.state(job)).isEqualTo("COMPLETED");
    }

    @Test
    void what_lost_its_reservation_while_it_waited_does_not_start() {
        running();
        CompletableFuture<DirectEnd> caller =
                waiting(asking("probe", Map.of(), LONG), new AtomicBoolean());
        ReservationId id = engine.reservations().active(tenant, now()).orElseThrow().id();

        engine.reservations().release(tenant, id, now());

        assertThat(caller.join()).isEqualTo(new DirectEnd.Refused(Reason.RESERVATION_ENDED));
        assertThat(here.count("SELECT count(*) FROM job WHERE kind = 'DIRECT'")).isZero();
    }

    @Test
    void what_waits_beyond_the_end_of_its_reservation_does_not_start() {
        running();
        CompletableFuture<DirectEnd> caller =
                waiting(asking("probe", Map.of(), LONG), new AtomicBoolean());

        here.clock.advance(Duration.ofMinutes(2));

        assertThat(caller.join()).isEqualTo(new DirectEnd.Refused(Reason.RESERVATION_ENDED));
        assertThat(isReserved()).isFalse();
    }

    @Test
    void a_suspended_tenant_and_one_that_may_run_nothing_are_refused() {
        engine.lanes().open(tenant, 0);
        assertThat(execute(engine, asking("probe", Map.of(), LONG)))
                .isEqualTo(new DirectEnd.Refused(Reason.NO_LIMIT));

        here.database.transact(handle -> {
            handle.execute("UPDATE lane SET is_suspended = true");
            handle.execute("UPDATE tenant SET status = 'SUSPENDED'");
        });
        assertThat(execute(engine, asking("probe", Map.of(), LONG)))
                .isEqualTo(new DirectEnd.Refused(Reason.TENANT_SUSPENDED));
    }

    @Test
    void a_node_that_stops_lets_its_callers_go() throws InterruptedException {
        running();
        CompletableFuture<DirectEnd> caller =
                waiting(asking("probe", Map.of(), LONG), new AtomicBoolean());

        CompletableFuture<Boolean> draining =
                CompletableFuture.supplyAsync(() -> drain(engine), callers);

        assertThat(caller.join()).isEqualTo(new DirectEnd.NodeStops());
        end.countDown();
        assertThat(draining.join()).isTrue();
    }

    private static boolean drain(Rooms node) {
        try {
            return node.drain(SOON);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void after_the_death_of_its_node_it_has_failed_and_the_queue_goes_on() {
        Rooms dying = here.node(4, held);
        CompletableFuture<DirectEnd> caller =
                CompletableFuture.supplyAsync(
                        () -> execute(dying, asking("held", Map.of(), LONG)), callers);
        eventually("it runs", SOON, () -> here.count("SELECT count(*) FROM lease") == 1);
        Job next = here.probe(tenant, 5, Map.of());
        here.enqueue(engine, List.of(next));
        here.clock.advance(Duration.ofSeconds(31));
        engine.membership().runOnce(now());

        engine.rescuer().rescue(now());
        assertThat(engine.reservations().endOverdue(now())).hasSize(1);
        engine.worker().runHere(now());

        assertThat(here.count("SELECT count(*) FROM run WHERE error_code = 'NODE_LOST'"))
                .isEqualTo(1);
        assertThat(here.state(next.id())).isEqualTo("COMPLETED");
        assertThat(here.count("SELECT count(*) FROM job")).isEqualTo(2);
        assertThat(here.count("SELECT count(*) FROM reservation WHERE status = 'EXPIRED'"))
                .isEqualTo(1);
        end.countDown();
        executed(caller.join());
    }

    @Test
    void a_direct_execution_takes_no_slot_from_the_others() {
        Rooms single = here.node(1, held, JobHandler.of("note", _ -> Outcome.Completed.plain()));
        TenantId other = here.tenant("other", 100, 4);
        CompletableFuture<DirectEnd> direct =
                CompletableFuture.supplyAsync(
                        () -> execute(single, asking("held", Map.of(), LONG)), callers);
        eventually("it runs", SOON, () -> single.worker().runningCount() == 1);

        here.enqueue(single, List.of(NewJob.of(other.value(), "note").at(now())));

        single.worker().runOnce(now());
        eventually(
                "the other's job is done",
                SOON,
                () -> here.count("SELECT count(*) FROM run WHERE state = 'COMPLETED'") == 1);
        end.countDown();
        assertThat(executed(direct.join())).isNotNull();
    }

    @Test
    void it_gets_the_next_permit_of_its_pool_before_all_that_wait_in_queues() {
        TenantId other = here.tenant("globex", 100, 4);
        Job holder = onPool("globex", "held");
        here.enqueue(engine, List.of(holder));
        engine.worker().runOnce(now());
        Job parked = onPool("globex", "probe");
        here.enqueue(engine, List.of(parked));
        engine.worker().runOnce(now());
        DirectRequest request =
                asking(NewJob.of(tenant.value(), "probe").pool("ollama-local"), LONG);
        CompletableFuture<DirectEnd> caller = waiting(request, new AtomicBoolean());
        eventually(
                "it waits for the pool",
                SOON,
                () ->
                        here.count("SELECT count(*) FROM reservation WHERE waits_for IS NOT NULL")
                                == 1);
        Job late = onPool("globex", "probe");
        here.enqueue(engine, List.of(late));
        assertThat(other).isEqualTo(late.tenant());

        end.countDown();
        JobId direct = executed(caller.join());
        eventually(
                "all end",
                SOON,
                () -> {
                    engine.queue().sweep();
                    engine.worker().runOnce(now());
                    return here.count("SELECT count(*) FROM run") == 4;
                });

        assertThat(token(direct)).isLessThan(token(parked.id())).isLessThan(token(late.id()));
    }

    private Job onPool(String owner, String type) {
        return NewJob.of(owner, type).pool("ollama-local").at(now());
    }
}
