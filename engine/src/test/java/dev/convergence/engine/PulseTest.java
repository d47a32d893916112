package dev.convergence.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.run.Pulse;
import dev.convergence.engine.run.Pulses;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What watchers look at first: whether anything has happened to a tenant's jobs.
class PulseTest {

    private final Installation installation = new Installation();

    @AfterEach
    void the_books_are_in_order() throws InterruptedException {
        installation.close();
    }

    @Test
    void it_changes_when_a_job_is_put_in_begins_and_ends_and_is_still_meanwhile()
            throws InterruptedException {
        Rooms engine = installation.node(1);
        TenantId acme = installation.tenant("acme", 10, 2);
        Pulse idle = pulse(engine, acme);
        assertThat(idle.isLive()).isFalse();

        installation.enqueue(engine, List.of(installation.probe(acme, 5, Map.of())));
        Pulse waiting = pulse(engine, acme);
        assertThat(waiting).isNotEqualTo(idle).isEqualTo(pulse(engine, acme));
        assertThat(waiting.waiting()).isEqualTo(1);
        assertThat(waiting.oldest()).isEqualTo(installation.clock.instant());

        engine.worker().runOnce(installation.clock.instant());
        engine.worker().drain(Duration.ofSeconds(60));
        Pulse ended = pulse(engine, acme);
        assertThat(ended.mark()).isNotEqualTo(waiting.mark());
        assertThat(ended.isLive()).isFalse();
    }

    @Test
    void it_is_asked_of_many_at_once_and_of_nobody_else() {
        Rooms engine = installation.node(0);
        TenantId acme = installation.tenant("acme", 10, 1);
        TenantId globex = installation.tenant("globex", 10, 1);
        installation.tenant("quiet", 10, 1);
        List<Job> many =
                IntStream.rangeClosed(0, Pulses.EXACT_MAX)
                        .mapToObj(_ -> installation.probe(globex, 5, Map.of()))
                        .toList();
        installation.enqueue(engine, many);

        List<Pulse> found = engine.pulses().of(List.of(acme, globex));

        assertThat(found).extracting(Pulse::tenant).containsExactlyInAnyOrder(acme, globex);
        assertThat(pulse(engine, globex).waiting()).isEqualTo(Pulses.EXACT_MAX);
        assertThat(engine.pulses().of(List.of())).isEmpty();
    }

    private static Pulse pulse(Rooms engine, TenantId tenant) {
        return engine.pulses().of(List.of(tenant)).getFirst();
    }
}
