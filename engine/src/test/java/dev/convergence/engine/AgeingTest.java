package dev.convergence.engine;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.queue.Ageing;
import dev.convergence.engine.queue.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Priorities that soften with time, where somebody asked for it.
class AgeingTest {

    private static final Duration STEP = Duration.ofMinutes(1);

    private Installation installation;
    private Rooms engine;
    private Ageing ageing;
    private TenantId tenant;

    @BeforeEach
    void install() {
        installation = new Installation();
        engine = installation.node(0);
        ageing = new Ageing(installation.database, engine.queue(), STEP);
        tenant = installation.tenant("acme", 100, 1);
    }

    @AfterEach
    void audit() throws InterruptedException {
        installation.close();
    }

    @Test
    void a_job_of_low_priority_has_its_turn_although_urgent_ones_never_stop_coming()
            throws Exception {
        Job patient = enqueue(2);
        List<JobId> started = new ArrayList<>();
        for (int minute = 0; minute < 6; minute++) {
            enqueue(5);
            enqueue(5);
            ageing.test(installation.clock.instant());
            started.add(next());
            installation.clock.advance(STEP);
        }

        // It is three levels lower; after three minutes it stands before all that came since.
        assertThat(started.indexOf(patient.id())).isEqualTo(3);
        assertThat(started).hasSize(6);
    }

    @Test
    void without_ageing_the_higher_priority_goes_first_however_long_a_job_has_waited()
            throws Exception {
        Job patient = enqueue(2);
        installation.clock.advance(Duration.ofDays(1));
        Job urgent = enqueue(5);

        assertThat(next()).isEqualTo(urgent.id());
        assertThat(next()).isEqualTo(patient.id());
    }

    @Test
    void a_job_counts_as_one_level_higher_for_each_step_and_not_before() throws Exception {
        Job patient = enqueue(2);
        installation.clock.advance(STEP.multipliedBy(3).minusMillis(1));
        Job urgent = enqueue(5);
        ageing.test(installation.clock.instant());
        assertThat(next()).isEqualTo(urgent.id());

        Job another = enqueue(5);
        installation.clock.advance(Duration.ofMillis(1));
        ageing.test(installation.clock.instant());
        assertThat(next()).isEqualTo(patient.id());
        assertThat(next()).isEqualTo(another.id());
    }

    @Test
    void waiting_counts_once_though_a_ticket_moves_twice() throws Exception {
        Job patient = enqueue(2);
        installation.clock.advance(STEP);
        enqueue(3);
        ageing.test(installation.clock.instant());
        Job urgent = enqueue(4);
        ageing.test(installation.clock.instant());

        assertThat(next()).isEqualTo(urgent.id());
        assertThat(next()).isEqualTo(patient.id());
    }

    @Test
    void lanes_do_not_age_beside_each_other() throws Exception {
        TenantId other = installation.tenant("globex", 100, 1);
        Job low = installation.probe(other, 1, Map.of());
        installation.enqueue(engine, List.of(low));
        enqueue(9);
        installation.clock.advance(STEP.multipliedBy(20));
        ageing.test(installation.clock.instant());

        assertThat(installation.count("SELECT count(*) FROM ready WHERE priority = 1")).isOne();
    }

    @Test
    void a_ticket_that_moved_behind_a_nodes_back_is_found_and_can_be_cancelled() throws Exception {
        IntStream.range(0, 3).forEach(_ -> enqueue(1));
        enqueue(2);
        installation.clock.advance(STEP.multipliedBy(2));
        Rooms elsewhere = installation.node(0);
        new Ageing(installation.database, elsewhere.queue(), STEP)
                .test(installation.clock.instant());

        assertThat(IntStream.range(0, 4).mapToObj(_ -> next())).doesNotContainNull();
    }

    private Job enqueue(int priority) {
        Job job = installation.probe(tenant, priority, Map.of());
        installation.enqueue(engine, List.of(job));
        return job;
    }

    /// Runs the next job to its end; the lane runs one at a time.
    private JobId next() {
        engine.membership().runOnce(installation.clock.instant());
        try {
            List<Claim> claims = engine.worker().process(1, installation.clock.instant());
            JobId job = claims.getFirst().job().id();
            eventually(
                    "it ends",
                    Duration.ofSeconds(10),
                    () -> installation.state(job).equals("COMPLETED"));
            return job;
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }
}
