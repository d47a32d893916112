package dev.convergence.engine;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.queue.Reservation;
import dev.convergence.engine.queue.Reservation.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a lane does, and does not do, while it is reserved.
class ReservationTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    private final Installation here = new Installation();
    private Rooms engine;
    private TenantId tenant;

    @BeforeEach
    void open() {
        engine = here.node(4);
        tenant = here.tenant("acme", 100, 4);
    }

    @AfterEach
    void the_books_are_in_order() throws InterruptedException {
        here.close();
    }

    private Instant now() {
        return here.clock.instant();
    }

    private Reservation reserve() {
        return engine.reservations().reserve(tenant, "somebody", TEN_MINUTES, null, now());
    }

    private Reservation.Status statusOf(Reservation reservation) {
        return engine.reservations().release(tenant, reservation.id(), now()).status();
    }

    @Test
    void nothing_of_its_tenant_starts_until_it_is_released() {
        TenantId other = here.tenant("globex", 100, 4);
        Job mine = here.probe(tenant, 5, Map.of());
        Job others = here.probe(other, 5, Map.of());
        Reservation reservation = reserve();
        here.enqueue(engine, List.of(mine, others));

        engine.worker().runHere(now());

        assertThat(here.state(mine.id())).isEqualTo("LIVE");
        assertThat(here.state(others.id())).isEqualTo("COMPLETED");
        assertThat(statusOf(reservation)).isEqualTo(Status.RELEASED);
        engine.worker().runHere(now());
        assertThat(here.state(mine.id())).isEqualTo("COMPLETED");
    }

    @Test
    void a_second_one_is_refused_and_names_the_first() {
        Reservation first = reserve();

        assertThatThrownBy(this::reserve)
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(first.id().toString())
                .hasMessageContaining("somebody");

        assertThat(engine.reservations().active(tenant, now())).contains(first);
        assertThat(statusOf(first)).isEqualTo(Status.RELEASED);
        assertThat(statusOf(reserve())).isEqualTo(Status.RELEASED);
    }

    @Test
    void of_many_who_reserve_at_once_one_succeeds() {
        Rooms other = here.node(4);
        long succeeded =
                IntStream.range(0, 16)
                        .parallel()
                        .filter(i -> reserves(i % 2 == 0 ? engine : other))
                        .count();

        assertThat(succeeded).isEqualTo(1);
    }

    private boolean reserves(Rooms node) {
        try {
            node.reservations().reserve(tenant, "one of many", TEN_MINUTES, null, now());
            return true;
        } catch (EngineException refused) {
            return false;
        }
    }

    @Test
    void it_ends_with_its_time_and_keeps_that_end() {
        Job job = here.probe(tenant, 5, Map.of());
        Reservation reservation = reserve();
        here.enqueue(engine, List.of(job));
        here.clock.advance(TEN_MINUTES.minusSeconds(1));
        assertThat(engine.reservations().endOverdue(now())).isEmpty();
        here.clock.advance(Duration.ofSeconds(1));
        engine.membership().runOnce(now());

        assertThat(engine.reservations().endOverdue(now())).hasSize(1);
        assertThat(engine.reservations().endOverdue(now())).isEmpty();

        engine.worker().runHere(now());
        assertThat(here.state(job.id())).isEqualTo("COMPLETED");
        assertThat(statusOf(reservation)).isEqualTo(Status.EXPIRED);
    }

    @Test
    void one_whose_time_is_up_stands_in_nobodys_way_before_anybody_has_ended_it() {
        Reservation first = reserve();
        here.clock.advance(TEN_MINUTES);

        assertThat(engine.reservations().active(tenant, now())).isEmpty();
        Reservation second = reserve();

        assertThat(statusOf(first)).isEqualTo(Status.EXPIRED);
        assertThat(engine.reservations().active(tenant, now())).contains(second);
    }

    @Test
    void an_explicit_one_outlives_all_nodes_and_a_bound_one_does_not() throws Exception {
        TenantId other = here.tenant("globex", 100, 4);
        Rooms dying = here.node(4);
        dying.reservations().reserve(tenant, "explicit", TEN_MINUTES, null, now());
        dying.reservations().reserve(other, "bound", TEN_MINUTES, dying.membership().node(), now());

        dying.leave();
        Rooms next = here.node(4);

        assertThat(next.reservations().active(tenant, now())).isPresent();
        assertThat(next.reservations().active(other, now())).isEmpty();
        assertThat(here.count("SELECT count(*) FROM reservation WHERE status = 'EXPIRED'"))
                .isEqualTo(1);
    }

    @Test
    void releasing_it_does_not_start_a_queue_that_its_tenant_stopped() {
        Job job = here.probe(tenant, 5, Map.of());
        engine.lanes().pause(tenant);
        Reservation reservation = reserve();
        here.enqueue(engine, List.of(job));
        engine.reservations().release(tenant, reservation.id(), now());

        engine.worker().runHere(now());

        assertThat(here.state(job.id())).isEqualTo("LIVE");
    }

    @Test
    void tickets_that_wait_for_a_pool_stay_there_until_it_is_released() {
        TenantId other = here.tenant("globex", 100, 4);
        here.database.transact(handle ->
                handle.execute("UPDATE pool SET capacity = 0 WHERE pool = 'ollama-local'"));
        Job mine = here.probe(tenant, 5, Map.of(), "ollama-local");
        Job others = here.probe(other, 5, Map.of(), "ollama-local");
        here.enqueue(engine, List.of(mine, others));
        engine.worker().runHere(now());
        Reservation reservation = reserve();
        here.database.transact(handle ->
                handle.execute("UPDATE pool SET capacity = 2 WHERE pool = 'ollama-local'"));

        engine.queue().sweep();
        engine.worker().runHere(now());
        assertThat(here.state(others.id())).isEqualTo("COMPLETED");
        assertThat(here.count("SELECT count(*) FROM parked")).isEqualTo(1);

        engine.reservations().release(tenant, reservation.id(), now());
        engine.worker().runHere(now());
        assertThat(here.state(mine.id())).isEqualTo("COMPLETED");
    }

    /// What started against the rule would be noted by the witness of the installation.
    @Test
    void nothing_starts_on_any_node_once_a_reservation_has_committed() {
        TenantId busy = here.tenant("busy", 1000, 1000);
        List<Rooms> nodes = IntStream.range(0, 3).mapToObj(_ -> here.node(500)).toList();
        here.enqueue(
                nodes.getFirst(),
                Stream.generate(() -> here.probe(busy, 5, Map.of())).limit(300).toList());
        AtomicBoolean isOver = new AtomicBoolean();
        List<CompletableFuture<Void>> claiming =
                nodes.stream()
                        .map(node -> CompletableFuture.runAsync(() -> claimOneByOne(node, isOver)))
                        .toList();
        eventually("some have started", SOON, () -> attempts() > 20);

        engine.reservations().reserve(busy, "somebody", TEN_MINUTES, null, now());
        long started = attempts();
        for (Rooms node : nodes) {
            node.worker().runOnce(now());
        }
        isOver.set(true);
        claiming.forEach(CompletableFuture::join);

        assertThat(attempts()).isEqualTo(started).isLessThan(300);
    }

    private void claimOneByOne(Rooms node, AtomicBoolean isOver) {
        try {
            while (!isOver.get()) {
                node.worker().process(1, now());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private long attempts() {
        return here.count("SELECT (SELECT count(*) FROM run) + (SELECT count(*) FROM lease)");
    }
}
