package dev.convergence.benchmark.engine.contestant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TallyTest {

    @Test
    void a_job_that_ran_twice_does_not_make_up_for_one_that_never_did() throws Exception {
        Tally tally = new Tally(3);
        tally.run(Payload.of(0));
        tally.run(Payload.of(1));
        tally.run(Payload.of(1));

        assertThat(tally.await(Duration.ZERO)).isFalse();
        assertThat(tally.count()).isEqualTo(new Count(3, 1, 1));
        assertThat(tally.count().isExact()).isFalse();
    }

    @Test
    void jobs_to_warm_up_with_do_not_count() throws Exception {
        Tally tally = new Tally(1);
        tally.run(Payload.of(-1));
        tally.run(Payload.of(0));

        assertThat(tally.await(Duration.ZERO)).isTrue();
        assertThat(tally.count()).isEqualTo(new Count(1, 0, 0));
    }
}
