package dev.convergence.service.http.job;

import dev.convergence.api.job.ChainAnswer;
import dev.convergence.api.job.JobAnswer;
import dev.convergence.api.job.JobChangeRequest;
import dev.convergence.api.job.JobRequest;
import dev.convergence.api.job.JobRunsAnswer;
import dev.convergence.api.job.JobsAnswer;
import dev.convergence.api.job.ReorderRequest;
import dev.convergence.api.job.ReorderedAnswer;
import dev.convergence.engine.Rooms;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.error.FieldFaults;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.job.JobBook;
import dev.convergence.engine.job.JobFilter;
import dev.convergence.engine.job.JobView;
import dev.convergence.engine.job.LiveJobs;
import dev.convergence.engine.launch.JobLauncher;
import dev.convergence.engine.queue.JobChange;
import dev.convergence.engine.run.JobRun;
import dev.convergence.engine.run.JobRunFilter;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Caller;
import dev.convergence.service.http.Cursor;
import dev.convergence.service.http.Page;
import dev.convergence.service.http.Scope;
import dev.convergence.service.http.Who;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// A tenant's jobs: put in, looked at, changed and put in order while they wait.
@RestController
public final class JobRoutes {

    private static final String JOBS = "/api/v1/jobs";
    private static final int REORDER_MAX = 200;

    private final Rooms engine;
    private final JobBook book;
    private final JobDesk desk;
    private final JobLauncher launcher;

    public JobRoutes(Rooms engine, JobDesk desk, JobLauncher launcher) {
        this.engine = engine;
        this.desk = desk;
        this.launcher = launcher;
        book = engine.jobBook();
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_EXECUTE)
    @PostMapping(JOBS)
    @ResponseStatus(HttpStatus.CREATED)
    public JobAnswer create(@RequestBody JobRequest request, Caller.Tenant caller) {
        return JobWords.job(desk.create(request, caller));
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_READ)
    @GetMapping(JOBS)
    public JobsAnswer list(@RequestParam Map<String, String> query, Caller.Tenant caller) {
        int limit = Page.limit(query.get("limit"));
        Cursor cursor = Cursor.decode(query.get("cursor"), "jobs", 1);
        JobFilter filter = JobQuery.jobs(caller.tenant(), query, cursor, limit + 1);
        List<JobView> found = book.list(filter);
        List<JobAnswer> shown = found.stream().limit(limit).map(JobWords::job).toList();
        LiveJobs live = book.live(caller.tenant());
        return new JobsAnswer(
                shown,
                book.count(filter, engine.clock().instant()),
                live.queued(),
                live.running(),
                found.size() > limit ? Cursor.encode("jobs", shown.getLast().jobId()) : null);
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_READ)
    @GetMapping(JOBS + "/{job_id}")
    public JobAnswer find(@PathVariable("job_id") UUID id, Caller.Tenant caller) {
        return JobWords.job(book.find(caller.tenant(), JobId.of(id)));
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_READ)
    @GetMapping(JOBS + "/{job_id}/runs")
    public JobRunsAnswer runs(@PathVariable("job_id") UUID id, Caller.Tenant caller) {
        JobId job = book.find(caller.tenant(), JobId.of(id)).id();
        List<JobRun> runs =
                engine.jobRuns()
                        .list(new JobRunFilter(caller.tenant(), null, null, null, job, null, 1));
        return new JobRunsAnswer(runs.stream().map(JobWords::run).toList(), runs.size());
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_READ)
    @GetMapping(JOBS + "/{job_id}/chain")
    public ChainAnswer chain(@PathVariable("job_id") UUID id, Caller.Tenant caller) {
        List<JobAnswer> jobs =
                book.chain(caller.tenant(), JobId.of(id)).stream().map(JobWords::job).toList();
        return new ChainAnswer(jobs, jobs.size());
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_EXECUTE)
    @PatchMapping(JOBS + "/{job_id}")
    public JobAnswer change(
            @PathVariable("job_id") UUID id,
            @RequestBody JobChangeRequest request,
            Caller.Tenant caller) {
        if (request.priority() == null && request.params() == null && request.position() == null) {
            throw new EngineException(
                    ErrorCode.INVALID_REQUEST,
                    "Nothing to change was named: give priority, params or position.");
        }
        FieldFaults faults = new FieldFaults();
        faults.range(
                "priority",
                request.priority(),
                0,
                dev.convergence.engine.launch.JobRequest.PRIORITY_MAX);
        Long position = request.position();
        if (position != null && (position < 0 || position > Integer.MAX_VALUE)) {
            faults.add("position", "OUT_OF_RANGE", "is a whole number from 0 on.");
        }
        faults.refuseIfAny();
        TenantId tenant = caller.tenant();
        JobView job = book.find(tenant, JobId.of(id));
        engine.waitingJobs().change(tenant, job.id(), change(request, job));
        return JobWords.job(book.find(tenant, job.id()));
    }

    private JobChange change(JobChangeRequest request, JobView job) {
        Map<String, Object> params = request.params();
        if (params != null && job.type().equals(Job.PIPELINE)) {
            throw EngineException.invalidField(
                    "params",
                    "PIPELINE",
                    "of a pipeline are checked when it is put in; cancel it and put in another.");
        }
        return new JobChange(
                request.priority(),
                params,
                params == null ? null : launcher.pool(job.type(), params),
                request.position());
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_EXECUTE)
    @PostMapping(JOBS + "/reorder")
    public ReorderedAnswer reorder(@RequestBody ReorderRequest request, Caller.Tenant caller) {
        List<JobId> jobs = jobs(request.jobIds());
        engine.waitingJobs().reorder(caller.tenant(), jobs);
        return new ReorderedAnswer(
                jobs.stream().map(job -> JobWords.job(book.find(caller.tenant(), job))).toList());
    }

    private static List<JobId> jobs(@Nullable List<String> ids) {
        if (ids == null || ids.isEmpty() || ids.size() > REORDER_MAX || ids.contains(null)) {
            throw EngineException.invalidField(
                    "job_ids", "LENGTH", "names 1 to " + REORDER_MAX + " waiting jobs.");
        }
        return ids.stream().map(id -> JobId.of(Ids.uuid("job_ids", id))).toList();
    }
}
