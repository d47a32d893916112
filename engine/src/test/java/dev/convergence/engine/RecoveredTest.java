package dev.convergence.engine;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.job.JobView;
import dev.convergence.engine.job.Ties;
import dev.convergence.engine.queue.LaneView;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.run.JobRun;
import dev.convergence.engine.worker.JobHandler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a lost node leaves behind is counted once, by whoever recovers it.
class RecoveredTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final Installation installation = new Installation();
    private final TenantId tenant = installation.tenant("acme", 100, 1);
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void audit() throws InterruptedException {
        end.countDown();
        installation.close();
    }

    @Test
    void a_lost_job_fails_with_a_word_of_recovery_and_gets_one_retry() {
        Rooms lost = installation.node(1, held());
        List<Job> jobs = List.of(job(), job(), job());
        installation.enqueue(lost, jobs);
        lost.worker().runOnce(installation.clock.instant());
        Rooms other = installation.node(0);
        installation.clock.advance(Duration.ofSeconds(31));
        other.membership().runOnce(installation.clock.instant());

        Set<JobId> first = other.rescuer().rescued(installation.clock.instant());
        Set<JobId> second = other.rescuer().rescued(installation.clock.instant());

        assertThat(first).containsExactly(jobs.getFirst().id());
        assertThat(second).isEmpty();
        assertThat(other.jobBook().retriesOf(tenant, first)).isEqualTo(1);
        JobRun run = other.jobRuns().find(tenant, jobs.getFirst().id());
        assertThat(run.status()).isEqualTo("FAILED");
        assertThat(run.error()).containsIgnoringCase("recovery");
        JobView crashed = other.jobBook().find(tenant, jobs.getFirst().id());
        assertThat(crashed.status()).isEqualTo("RUNNING");
        assertThat(crashed.finishedAt()).isEqualTo(run.finishedAt());
        assertThat(jobs.subList(1, 3)).allMatch(job -> view(other, job).isQueued());
        end.countDown();
        eventually("the zombie is heard", SOON, () -> lost.worker().runningCount() == 0);
        assertThat(other.jobRuns().find(tenant, jobs.getFirst().id())).isEqualTo(run);
    }

    @Test
    void a_stopped_lane_starts_again_only_when_it_is_drained_also_for_another_node() {
        Rooms engine = installation.node(1, held());
        installation.enqueue(engine, List.of(job(), job()));
        engine.worker().runOnce(installation.clock.instant());

        engine.lanes().pause(tenant);
        assertThat(engine.lanes().view(tenant).state()).isEqualTo(LaneView.State.STOPPING);
        assertThat(engine.lanes().start(tenant)).isEqualTo(LaneView.State.STOPPING);
        end.countDown();
        eventually("it is drained", SOON, () -> engine.lanes().view(tenant).running() == 0);

        Rooms restarted = installation.node(1, held());
        assertThat(restarted.lanes().view(tenant).state()).isEqualTo(LaneView.State.STOPPED);
        restarted.worker().runOnce(installation.clock.instant());
        assertThat(restarted.worker().runningCount()).isZero();
        assertThat(restarted.lanes().start(tenant)).isEqualTo(LaneView.State.STOPPED);
        assertThat(restarted.lanes().start(tenant)).isEqualTo(LaneView.State.RUNNING);
        eventually(
                "the other one ends",
                SOON,
                () -> {
                    restarted.worker().runOnce(installation.clock.instant());
                    return installation.count("SELECT count(*) FROM run") == 2;
                });
    }

    private JobHandler held() {
        return JobHandler.of(
                Job.PROBE,
                _ -> {
                    end.await();
                    return Outcome.Completed.plain();
                });
    }

    private Job job() {
        return installation.probe(tenant, 5, Map.of()).ties(Ties.QUEUED);
    }

    private static JobView view(Rooms engine, Job job) {
        return engine.jobBook().find(job.tenant(), job.id());
    }
}
