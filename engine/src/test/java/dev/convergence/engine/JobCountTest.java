package dev.convergence.engine;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.ReservationId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.job.JobFilter;
import dev.convergence.engine.job.JobView;
import dev.convergence.engine.job.NewJob;
import dev.convergence.engine.job.RetryPolicy;
import dev.convergence.engine.job.Ties;
import dev.convergence.engine.queue.DirectStart;
import dev.convergence.engine.run.JobRun;
import dev.convergence.engine.run.JobRunFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A count says how many a list would show, whichever short way it takes.
class JobCountTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final Installation here = new Installation();
    private final TenantId acme = here.tenant("acme", 100, 5);
    private Rooms engine;

    @BeforeEach
    void one_of_each_kind() {
        engine = here.node(5);
        List.<Map<String, Object>>of(
                        Map.of(),
                        Map.of(),
                        Map.of("outcome", "FAILED"),
                        Map.of("outcome", "SKIPPED"))
                .forEach(params -> put("probe", params));
        engine.worker().runHere(now());
        direct(Map.of());
        direct(Map.of("outcome", "FAILED"));
        JobId stopped = put("probe", Map.of("duration_ms", 600_000));
        engine.worker().runOnce(now());
        engine.queue().cancel(acme, stopped, "by a user", now());
        engine.worker().watchLeases();
        eventually("it stops", SOON, () -> here.state(stopped).equals("CANCELLED"));
        put("probe", Map.of("duration_ms", 600_000));
        engine.worker().runOnce(now());
        JobId cancelled = put("probe", Map.of());
        engine.queue().cancel(acme, cancelled, "by a user", now());
        put("probe", Map.of());
        put("other", Map.of());
    }

    @AfterEach
    void the_books_are_in_order() throws InterruptedException {
        engine.worker().cancelAll(acme, "the test is over");
        here.close();
    }

    private Instant now() {
        return here.clock.advance(Duration.ofMillis(1));
    }

    private JobId put(String type, Map<String, Object> params) {
        Job job = job(type, params).ties(Ties.QUEUED).at(now());
        here.enqueue(engine, List.of(job));
        return job.id();
    }

    private static NewJob job(String type, Map<String, Object> params) {
        return NewJob.of("acme", type)
                .params(params)
                .retry(RetryPolicy.withBase(Duration.ZERO).withRetriesMax(0));
    }

    private void direct(Map<String, Object> params) {
        ReservationId reservation =
                engine.reservations()
                        .reserve(acme, "test", Duration.ofMinutes(1), null, now())
                        .id();
        Job job = job("probe", params).ties(Ties.DIRECT).at(now());
        DirectStart start = new DirectStart(here.database, Duration.ofSeconds(30), here.clock);
        engine.worker()
                .begin(
                        () -> start.begin(job, reservation, engine.membership().node()),
                        () -> {},
                        now());
        eventually("it ends", SOON, () -> !here.state(job.id()).equals("LIVE"));
        engine.reservations().release(acme, reservation, now());
    }

    private JobFilter filter(
            @Nullable String status, @Nullable String state, @Nullable String type) {
        return new JobFilter(acme, status, state, type, null, null, null, null, 200);
    }

    private void agree(@Nullable String status, @Nullable String state, int expected) {
        assertThat(engine.jobBook().list(filter(status, state, null)))
                .as("%s %s", status, state)
                .hasSize(expected);
        assertThat(engine.jobBook().count(filter(status, state, null), now()))
                .as("%s %s", status, state)
                .isEqualTo(expected);
        int probes = "QUEUED".equals(state) || status != null ? -1 : expected;
        List<JobView> listed = engine.jobBook().list(filter(status, state, "probe"));
        assertThat(engine.jobBook().count(filter(status, state, "probe"), now()))
                .isEqualTo(listed.size());
        assertThat(probes < 0 || state == null || listed.size() == probes).isTrue();
    }

    @Test
    void every_state_is_counted_as_it_is_listed() {
        agree(null, null, 9);
        agree(null, "COMPLETED", 2);
        agree(null, "FAILED", 2);
        agree(null, "SKIPPED", 1);
        agree(null, "CANCELLED", 1);
        agree(null, "RUNNING", 1);
        agree(null, "QUEUED", 2);
        agree("QUEUED", null, 2);
        agree("RUNNING", null, 6);
        agree("CANCELLED", null, 1);
        agree("RUNNING", "FAILED", 2);
    }

    @Test
    void runs_are_listed_with_those_of_direct_executions() {
        JobRunFilter failed = new JobRunFilter(acme, "FAILED", null, null, null, null, 200);

        assertThat(engine.jobRuns().list(failed))
                .hasSize(3)
                .extracting(JobRun::status)
                .containsOnly("FAILED");
    }
}
