package dev.convergence.benchmark.chaos.work;

import dev.convergence.engine.job.NewJob;
import dev.convergence.engine.job.RetryPolicy;
import dev.convergence.engine.time.Backoff;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A job and what it is to come to.
///
/// @param retries how often a planned failure is tried again
/// @param workMillis how long its handler works
/// @param heeds whether its handler stops when it is told to
public record PlannedJob(
        String tenant,
        Plan plan,
        int priority,
        @Nullable Pool pool,
        int retries,
        int workMillis,
        boolean heeds) {

    /// How many nodes may die under a job that is to complete.
    private static final int LOSSES_MAX = 200;

    /// Short, so that what is measured is the engine and not the pause, and long enough to tell one
    /// that was not kept from a claim that was dated a moment too early.
    private static final Backoff PAUSE =
            new Backoff(Duration.ofSeconds(1), 1, Duration.ofSeconds(1));

    public NewJob asked() {
        NewJob job =
                NewJob.of(tenant, plan.jobType())
                        .priority(priority)
                        .retry(new RetryPolicy(retriesMax(), PAUSE))
                        .params(Map.of("work_millis", workMillis, "heeds", heeds));
        return pool == null ? job : job.pool(pool.word());
    }

    public int retriesMax() {
        return plan == Plan.FAIL ? retries : LOSSES_MAX;
    }
}
