package dev.convergence.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.job.JobView;
import dev.convergence.engine.job.RetryPolicy;
import dev.convergence.engine.job.Ties;
import dev.convergence.engine.job.TriggerType;
import dev.convergence.engine.jobtemplate.RetryWish;
import dev.convergence.engine.launch.JobLauncher;
import dev.convergence.engine.launch.JobRequest;
import dev.convergence.engine.queue.JobChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What waits can be changed and put in order; what is claimed cannot, and nothing is lost between.
class WaitingJobsTest {

    private final Installation installation = new Installation();
    private final TenantId tenant = installation.tenant("acme", 100, 1);
    private final Rooms engine = installation.node(1);
    private final JobLauncher launcher =
            engine.jobLauncher(RetryPolicy.withBase(Duration.ofSeconds(10)));

    @AfterEach
    void audit() throws InterruptedException {
        installation.close();
    }

    @Test
    void a_job_moved_to_any_position_is_claimed_there() {
        Random random = new Random(7);
        List<JobId> expected = new ArrayList<>(launched(8));
        for (int i = 0; i < 40; i++) {
            JobId moved = expected.get(random.nextInt(expected.size()));
            long position = 10L * random.nextInt(90) + 5;
            change(moved, new JobChange(null, null, null, position));
            expected = inShownOrder(expected);
        }

        assertThat(claimed(8)).isEqualTo(expected);
    }

    @Test
    void jobs_that_wait_for_a_pool_keep_their_place_among_the_others() {
        JobId holder = launch(0, Map.of("pool", "ollama-local"));
        installation.clock.advance(Duration.ofMillis(1));
        TenantId other = installation.tenant("globex", 100, 1);
        Job foreign = installation.probe(other, 9, Map.of("pool", "ollama-local"), "ollama-local");
        installation.enqueue(engine, List.of(foreign));
        installation.database.transact(handle ->
                handle.execute(
                        "INSERT INTO permit VALUES ('ollama-local', 1, gen_random_uuid(), 0)"));
        engine.worker().runHere(installation.clock.instant());
        JobId next = launch(0, Map.of());

        assertThat(view(holder).position()).isEqualTo(100);
        assertThat(view(next).position()).isEqualTo(200);
        assertThat(view(next).rank()).isEqualTo(2);
        change(next, new JobChange(null, null, null, 50L));
        assertThat(view(next).rank()).isEqualTo(1);
        engine.waitingJobs().reorder(tenant, List.of(holder, next));
        assertThat(view(holder).rank()).isEqualTo(1);
        assertThat(view(holder).position()).isEqualTo(50);
        installation.database.transact(handle -> handle.execute("DELETE FROM permit"));
        engine.queue().sweep();
        while (engine.worker().runHere(installation.clock.instant()) > 0) {
            engine.queue().sweep();
        }
    }

    @Test
    void new_params_ask_for_the_pool_that_they_need() {
        JobId job = launch(0, Map.of());

        change(job, new JobChange(null, Map.of("pool", "ollama-local"), "ollama-local", null));

        assertThat(view(job).pool()).isEqualTo("ollama-local");
        assertThat(installation.count("SELECT count(*) FROM ready WHERE pool = 'ollama-local'"))
                .isEqualTo(1);
    }

    @Test
    void changes_and_claims_at_once_lose_nothing_and_change_nothing_that_is_claimed() {
        List<JobId> jobs = launched(40);
        ConcurrentLinkedQueue<Throwable> unexpected = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<Void>> editors =
                IntStream.range(0, 4)
                        .mapToObj(seed ->
                                CompletableFuture.runAsync(() -> edit(jobs, seed, unexpected)))
                        .toList();
        Rooms second = installation.node(1);
        CompletableFuture<Void> claims =
                CompletableFuture.runAsync(() -> drain(second, jobs.size()));
        editors.forEach(CompletableFuture::join);
        claims.join();
        drain(engine, 0);

        assertThat(unexpected).isEmpty();
        assertThat(installation.count("SELECT count(*) FROM run WHERE state = 'COMPLETED'"))
                .isEqualTo(40);
    }

    @Test
    void what_has_been_claimed_is_refused() {
        JobId job = launch(0, Map.of());
        engine.worker().runHere(installation.clock.instant());

        for (JobChange change :
                List.of(
                        new JobChange(5, null, null, null),
                        new JobChange(null, Map.of("x", 1), null, null),
                        new JobChange(null, null, null, 50L))) {
            assertThatThrownBy(() -> change(job, change)).isInstanceOf(EngineException.class);
        }
        assertThat(view(job).priority()).isZero();
    }

    @Test
    void a_retry_that_waits_for_its_time_has_no_position_yet() {
        JobId fails = launch(3, Map.of("outcome", "FAILED"));
        engine.worker().runHere(installation.clock.instant());
        JobId retry = JobId.of(installation.retryOf(fails).orElseThrow());

        assertThat(view(retry).notBefore()).isEqualTo(installation.clock.instant().plusSeconds(10));
        assertThatThrownBy(() -> change(retry, new JobChange(null, null, null, 50L)))
                .isInstanceOf(EngineException.class);
        change(retry, new JobChange(7, null, null, null));
        installation.clock.advance(Duration.ofSeconds(10));
        engine.queue().promoteDue(installation.clock.instant());
        assertThat(view(retry).priority()).isEqualTo(7);
        assertThat(view(retry).position()).isEqualTo(100);
    }

    private void edit(List<JobId> jobs, int seed, ConcurrentLinkedQueue<Throwable> unexpected) {
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            JobId job = jobs.get(random.nextInt(jobs.size()));
            try {
                switch (random.nextInt(4)) {
                    case 0 -> change(job, new JobChange(random.nextInt(3), null, null, null));
                    case 1 -> change(job, new JobChange(null, Map.of("echo", i), null, null));
                    case 2 -> change(job, new JobChange(null, null, null, 10L * i));
                    default -> {
                        List<JobId> some = new ArrayList<>(jobs.subList(0, 5));
                        Collections.shuffle(some, random);
                        engine.waitingJobs().reorder(tenant, some);
                    }
                }
            } catch (EngineException refused) {
                // It was claimed before, or the five are of several priorities.
            } catch (RuntimeException failure) {
                unexpected.add(failure);
            }
        }
    }

    private void drain(Rooms node, int least) {
        int done = 0;
        int idle = 0;
        while (done < least || idle < 3) {
            int ran = node.worker().runHere(installation.clock.instant());
            done += ran;
            idle = ran == 0 ? idle + 1 : 0;
        }
    }

    private List<JobId> launched(int count) {
        return Stream.generate(() -> launch(0, Map.of())).limit(count).collect(Collectors.toList());
    }

    private JobId launch(int priority, Map<String, Object> params) {
        return launcher.launch(
                        new JobRequest(
                                tenant,
                                "probe",
                                params,
                                priority,
                                RetryWish.DEFAULT,
                                Ties.QUEUED,
                                TriggerType.API,
                                null),
                        installation.clock.instant())
                .id();
    }

    private void change(JobId job, JobChange change) {
        engine.waitingJobs().change(tenant, job, change);
    }

    private JobView view(JobId job) {
        return engine.jobBook().find(tenant, job);
    }

    private List<JobId> inShownOrder(List<JobId> jobs) {
        return jobs.stream()
                .map(this::view)
                .sorted(
                        java.util.Comparator.comparing((JobView job) ->
                                        java.util.Objects.requireNonNull(job.position()))
                                .thenComparing(JobView::id))
                .map(JobView::id)
                .collect(Collectors.toList());
    }

    private List<JobId> claimed(int count) {
        List<JobId> order = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<JobId> before =
                    engine.jobBook().list(dev.convergence.engine.job.JobFilter.of(tenant)).stream()
                            .filter(JobView::isQueued)
                            .map(JobView::id)
                            .toList();
            engine.worker().runHere(installation.clock.instant());
            before.stream().filter(job -> !view(job).isQueued()).forEach(order::add);
        }
        return order;
    }
}
