package dev.convergence.engine.launch;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.job.Origin;
import dev.convergence.engine.job.RetryPolicy;
import dev.convergence.engine.job.TriggerType;
import dev.convergence.engine.queue.Queue;
import dev.convergence.engine.sql.Database;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Begins jobs that somebody asked for, and what a schedule asks for: all but pipelines.
///
/// A job takes with it what it needs for its life: parameters, retry policy, pool. Nothing that is
/// changed later at its template or its schedule reaches it.
public final class JobLauncher {

    private final Database database;
    private final Queue queue;
    private final RetryPolicy retryDefault;
    private final JobPools pools;

    /// @param retryDefault of jobs that say nothing else
    public JobLauncher(Database database, Queue queue, RetryPolicy retryDefault, JobPools pools) {
        this.database = database;
        this.queue = queue;
        this.retryDefault = retryDefault;
        this.pools = pools;
    }

    public Job launch(JobRequest request, Instant now) {
        Job job = job(request, now);
        put(List.of(job));
        return job;
    }

    /// Puts jobs in, in the caller's transaction; their tenants are answered to [Queue#committed]
    /// afterwards.
    public void place(Handle handle, List<Job> jobs) {
        jobs.stream()
                .map(Job::tenant)
                .distinct()
                .sorted(Comparator.comparing(TenantId::value))
                .forEach(tenant -> enter(handle, tenant));
        queue.enqueue(handle, jobs);
    }

    /// Keeps a tenant from being deleted, and other jobs of it from coming in, until the
    /// transaction ends.
    public void enter(Handle handle, TenantId tenant) {
        JobDoorStore.enter(handle, tenant);
    }

    private void put(List<Job> jobs) {
        database.transact(handle -> place(handle, jobs));
        Set<TenantId> tenants = jobs.stream().map(Job::tenant).collect(Collectors.toSet());
        queue.committed(tenants);
    }

    /// The job that a request asks for, not yet put in.
    public Job job(JobRequest request, Instant now) {
        JobId id = JobId.next(now);
        Origin origin =
                new Origin(null, null, null, request.trigger(), null, request.userId(), null);
        return new Job(
                        id,
                        request.tenant(),
                        request.type(),
                        request.params(),
                        request.priority(),
                        0,
                        null,
                        id,
                        request.retry().policy(retryDefault),
                        pool(request.type(), request.params()),
                        origin)
                .ties(request.ties());
    }

    /// The same work once more, because a person asked for it. It points back, stands alone, and is
    /// not tried again by itself.
    ///
    /// @param priority null for that of the failed one
    public Job again(Job failed, @Nullable Integer priority, @Nullable String userId, Instant now) {
        Job job =
                new Job(
                                JobId.next(now),
                                failed.tenant(),
                                failed.type(),
                                failed.params(),
                                priority == null ? failed.priority() : priority,
                                failed.attempt() + 1,
                                failed.id(),
                                failed.root(),
                                failed.retry().withRetriesMax(0),
                                failed.pool(),
                                new Origin(
                                        null,
                                        null,
                                        null,
                                        TriggerType.API,
                                        "manual_retry",
                                        userId,
                                        null))
                        .ties(failed.ties().retriedByHand());
        put(List.of(job));
        return job;
    }

    /// The pool that a job of a type needs with these parameters.
    public @Nullable String pool(String type, Map<String, Object> params) {
        return pools.of(type, params);
    }
}
