package dev.convergence.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.id.GroupId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.ScheduleId;
import dev.convergence.engine.id.TemplateId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.job.RetryKind;
import dev.convergence.engine.job.Ties;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a job belongs to, and the position that people see, survive every way into the queue.
class ShownPositionTest {

    private static final Ties ALL =
            Ties.QUEUED
                    .group(new GroupId(UUID.randomUUID()), 3)
                    .template(new TemplateId(UUID.randomUUID()))
                    .schedule(new ScheduleId(UUID.randomUUID()));

    private final Installation installation = new Installation();
    private final TenantId tenant = installation.tenant("acme", 100, 1);
    private final Rooms engine = installation.node(1);

    @AfterEach
    void audit() throws InterruptedException {
        installation.close();
    }

    @Test
    void ties_are_read_as_they_were_written_one_by_one_and_in_bulk() {
        Job one = job(5).ties(ALL);
        List<Job> many = IntStream.range(10, 15).mapToObj(i -> job(5).ties(numbered(i))).toList();

        installation.enqueue(engine, List.of(one));
        installation.enqueue(engine, many);

        assertThat(engine.queue().find(one.id()).orElseThrow().ties()).isEqualTo(ALL);
        assertThat(engine.queue().find(many.getLast().id()).orElseThrow().ties())
                .isEqualTo(numbered(14));
    }

    /// A member of the same group with a number of its own.
    private static Ties numbered(int number) {
        return ALL.group(Objects.requireNonNull(ALL.group()), number);
    }

    @Test
    void positions_begin_at_100_in_every_level_and_again_when_it_is_empty() {
        List<Job> jobs = List.of(shown(5), shown(5), shown(1), shown(5));

        jobs.forEach(job -> installation.enqueue(engine, List.of(job)));

        assertThat(jobs.stream().map(this::position)).containsExactly(100L, 200L, 100L, 300L);
        while (engine.worker().runHere(installation.clock.instant()) > 0) {}
        Job later = shown(5);
        installation.enqueue(engine, List.of(later));
        assertThat(position(later)).isEqualTo(100);
        assertThat(position(jobs.getLast())).isEqualTo(300);
    }

    @Test
    void jobs_in_bulk_go_on_where_the_level_ends() {
        installation.enqueue(engine, List.of(shown(5)));
        List<Job> jobs = List.of(shown(5), shown(1), shown(5), shown(5), shown(1));

        installation.enqueue(engine, jobs);

        assertThat(jobs.stream().map(this::position)).containsExactly(200L, 100L, 300L, 400L, 200L);
    }

    @Test
    void a_retry_keeps_group_and_sequence_and_goes_to_the_end_of_its_level() {
        Job fails = installation.probe(tenant, 5, Map.of("outcome", "FAILED")).ties(ALL);
        installation.enqueue(engine, List.of(fails));
        installation.enqueue(engine, List.of(shown(5), shown(5)));

        engine.worker().runHere(installation.clock.instant());
        JobId retry = JobId.of(installation.retryOf(fails.id()).orElseThrow());
        Ties ties = engine.queue().find(retry).orElseThrow().ties();

        assertThat(ties.group()).isEqualTo(ALL.group());
        assertThat(ties.sequenceNumber()).isEqualTo(3);
        assertThat(ties.template()).isEqualTo(ALL.template());
        assertThat(ties.schedule()).isNull();
        assertThat(ties.retryKind()).isEqualTo(RetryKind.AUTO);

        installation.clock.advance(Duration.ofSeconds(10));
        engine.queue().promoteDue(installation.clock.instant());
        assertThat(position(engine.queue().find(retry).orElseThrow())).isEqualTo(400);
    }

    @Test
    void jobs_of_programs_show_no_position() {
        Job job = job(5);
        installation.enqueue(engine, List.of(job));

        assertThat(position(job)).isZero();
    }

    private Job job(int priority) {
        return installation.probe(tenant, priority, Map.of());
    }

    private Job shown(int priority) {
        return job(priority).ties(Ties.QUEUED);
    }

    private long position(Job job) {
        return installation.database.read(handle ->
                handle.createQuery(
                                "SELECT COALESCE(shown_position, 0) FROM job WHERE job_id = :job")
                        .bind("job", job.id().value())
                        .mapTo(long.class)
                        .one());
    }
}
