package dev.convergence.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.queue.Depth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How much waits, by where it waits.
class DepthTest {

    private final Installation installation = new Installation();

    @AfterEach
    void the_books_are_in_order() throws InterruptedException {
        installation.close();
    }

    @Test
    void every_job_counts_where_it_is() {
        Rooms engine = installation.node(0);
        assertThat(engine.queue().depth()).isEqualTo(new Depth(0, 0, 0, 0, 0, Optional.empty()));
        TenantId acme = installation.tenant("acme", 10, 2);
        TenantId globex = installation.tenant("globex", 10, 2);
        Instant first = installation.clock.instant();
        Job oldest = installation.probe(acme, 5, Map.of());
        installation.clock.advance(Duration.ofSeconds(7));
        installation.enqueue(
                engine,
                List.of(
                        installation.probe(globex, 9, Map.of()),
                        oldest,
                        installation.probe(globex, 9, Map.of())));
        installation.database.transact(handle ->
                engine.queue()
                        .defer(
                                handle,
                                installation.probe(acme, 5, Map.of()),
                                installation.clock.instant().plusSeconds(60)));

        Depth depth = engine.queue().depth();

        assertThat(depth).isEqualTo(new Depth(3, 1, 0, 0, 2, Optional.of(first)));
    }

    @Test
    void what_runs_and_what_waits_for_a_pool_no_longer_waits_for_a_turn()
            throws InterruptedException {
        Rooms engine = installation.node(3);
        TenantId acme = installation.tenant("acme", 10, 3);
        Map<String, Object> slow = Map.of("duration_ms", 600_000);
        installation.enqueue(
                engine,
                IntStream.range(0, 3)
                        .mapToObj(_ -> installation.probe(acme, 5, slow, "ollama-local"))
                        .toList());

        engine.worker().runOnce(installation.clock.instant());

        assertThat(engine.queue().depth()).isEqualTo(new Depth(0, 0, 2, 1, 0, Optional.empty()));
        engine.worker().drain(Duration.ZERO);
    }

    @Test
    void a_great_number_is_an_estimate() {
        Rooms engine = installation.node(0);
        TenantId acme = installation.tenant("acme", 10, 1);
        int many = Depth.EXACT_MAX + 500;
        installation.enqueue(
                engine,
                IntStream.range(0, many)
                        .mapToObj(_ -> installation.probe(acme, 5, Map.of()))
                        .toList());

        assertThat(engine.queue().depth().ready()).isGreaterThan(Depth.EXACT_MAX);
        installation.database.transact(handle -> handle.execute("ANALYZE ready"));
        assertThat(engine.queue().depth().ready()).isEqualTo(many);
    }
}
