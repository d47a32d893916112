package dev.convergence.service.http.job;

import dev.convergence.api.job.JobCancelledAnswer;
import dev.convergence.engine.Rooms;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.JobView;
import dev.convergence.engine.loop.Waiter;
import dev.convergence.engine.queue.Queue.Cancellation;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Caller;
import dev.convergence.service.http.Scope;
import dev.convergence.service.http.Who;
import java.time.Duration;
import java.util.UUID;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// Cancelling jobs that wait, and stopping those that run.
@RestController
public final class JobCancelRoutes {

    private static final Duration PAUSE = Duration.ofMillis(25);
    private static final int LOOKS_MAX = 80;
    private static final String REASON = "The job was cancelled by a user.";

    private final Rooms engine;

    public JobCancelRoutes(Rooms engine) {
        this.engine = engine;
    }

    /// Only while it waits; what runs is stopped by POST.
    @Access(value = Who.TENANT, scope = Scope.PIPELINES_EXECUTE)
    @DeleteMapping("/api/v1/jobs/{job_id}")
    public JobCancelledAnswer cancelWaiting(@PathVariable("job_id") UUID id, Caller.Tenant caller)
            throws InterruptedException {
        JobView job = engine.jobBook().find(caller.tenant(), JobId.of(id));
        if (!job.isQueued()) {
            throw refused(job, "running work is stopped by POST …/cancel, not from the queue");
        }
        return cancel(caller.tenant(), job.id());
    }

    /// A run that is stopped ends FAILED, and is not tried again.
    @Access(value = Who.TENANT, scope = Scope.PIPELINES_EXECUTE)
    @PostMapping("/api/v1/jobs/{job_id}/cancel")
    public JobCancelledAnswer cancel(@PathVariable("job_id") UUID id, Caller.Tenant caller)
            throws InterruptedException {
        return cancel(caller.tenant(), engine.jobBook().find(caller.tenant(), JobId.of(id)).id());
    }

    private JobCancelledAnswer cancel(TenantId tenant, JobId job) throws InterruptedException {
        Cancellation result = engine.queue().cancel(tenant, job, REASON, engine.clock().instant());
        if (result == Cancellation.NOT_LIVE) {
            throw refused(engine.jobBook().find(tenant, job), "only a live job can be cancelled");
        }
        JobView view = ended(tenant, job);
        return new JobCancelledAnswer(
                job.toString(),
                true,
                view.status(),
                view.state(),
                view.finishedAt() == null
                        ? "The job was asked to stop and has not ended yet."
                        : "The job has ended: it is " + view.state() + ".");
    }

    private static EngineException refused(JobView job, String why) {
        return new EngineException(
                ErrorCode.INVALID_REQUEST, "The job is " + job.state() + ": " + why + ".");
    }

    /// A running one gets a moment to notice.
    private JobView ended(TenantId tenant, JobId job) throws InterruptedException {
        JobView view = engine.jobBook().find(tenant, job);
        for (int look = 0; look < LOOKS_MAX && view.finishedAt() == null; look++) {
            new Waiter().await(PAUSE);
            view = engine.jobBook().find(tenant, job);
        }
        return view;
    }
}
