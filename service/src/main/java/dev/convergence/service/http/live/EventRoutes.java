package dev.convergence.service.http.live;

import dev.convergence.engine.Rooms;
import dev.convergence.engine.backfill.Backfill;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.BackfillId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.run.JobRun;
import dev.convergence.engine.run.RunView;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Caller;
import dev.convergence.service.http.Scope;
import dev.convergence.service.http.Who;
import dev.convergence.service.http.job.JobWords;
import dev.convergence.service.http.pipeline.RunControl;
import dev.convergence.service.http.pipeline.RunWords;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// What happens, told while it happens.
@RestController
public final class EventRoutes {

    private static final String LAST = "Last-Event-ID";

    private final Rooms engine;
    private final RunControl runs;
    private final Feeds feeds;
    private final EventWriter writer;

    public EventRoutes(Rooms engine, RunControl runs, Feeds feeds, JsonMapper json) {
        this.engine = engine;
        this.runs = runs;
        this.feeds = feeds;
        writer = new EventWriter(json, engine.clock());
    }

    /// The tenant's queue, its newest runs and jobs, and all that run.
    @Access(value = Who.TENANT, scope = Scope.PIPELINES_READ)
    @GetMapping(path = "/api/v1/events", produces = EventWriter.MEDIA_TYPE)
    public void tenantEvents(
            @RequestHeader(name = LAST, required = false) @Nullable String last,
            Caller.Tenant caller,
            HttpServletRequest request,
            HttpServletResponse response)
            throws InterruptedException {
        long since = last == null ? engine.clock().millis() : position(last);
        try (Feeds.Watching watching = feeds.ofTenant(caller.tenant(), since)) {
            writer.write(watching.watcher(), request, response);
        }
    }

    /// One pipeline run: its record, its steps and its log, to its end.
    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping(path = "/api/v1/pipelines/runs/{run_id}/events", produces = EventWriter.MEDIA_TYPE)
    public void runEvents(
            @PathVariable("run_id") UUID runId,
            @RequestHeader(name = LAST, required = false) @Nullable String last,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response)
            throws InterruptedException {
        RunView run = runs.find(caller, runId);
        follow(
                run.tenant(),
                run.job(),
                new RunFeed.Watched("pipeline ", this::pipelineRun),
                last,
                request,
                response);
    }

    /// The run of any other job: its record and its log, to its end.
    @Access(value = Who.TENANT, scope = Scope.PIPELINES_READ)
    @GetMapping(path = "/api/v1/job-runs/{run_id}/events", produces = EventWriter.MEDIA_TYPE)
    public void jobRunEvents(
            @PathVariable("run_id") UUID runId,
            @RequestHeader(name = LAST, required = false) @Nullable String last,
            Caller.Tenant caller,
            HttpServletRequest request,
            HttpServletResponse response)
            throws InterruptedException {
        JobRun run = engine.jobRuns().find(caller.tenant(), JobId.of(runId));
        follow(
                run.tenant(),
                run.job(),
                new RunFeed.Watched("job ", this::jobRun),
                last,
                request,
                response);
    }

    /// One backfill: how far it has come, and its instants as they move, to its end.
    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping(
            path = {
                "/api/v1/tenants/{tenant_id}/backfills/{backfill_id}/events",
                "/api/v1/customers/{tenant_id}/backfills/{backfill_id}/events"
            },
            produces = EventWriter.MEDIA_TYPE)
    public void backfillEvents(
            @PathVariable("tenant_id") String tenantId,
            @PathVariable("backfill_id") UUID backfillId,
            @RequestHeader(name = LAST, required = false) @Nullable String last,
            HttpServletRequest request,
            HttpServletResponse response)
            throws InterruptedException {
        TenantId tenant = new TenantId(tenantId);
        Backfill backfill = engine.backfills().find(tenant, new BackfillId(backfillId));
        long moved = last == null ? 0 : position(last);
        try (Feeds.Watching watching = feeds.ofBackfill(tenant, backfill.id(), moved)) {
            writer.write(watching.watcher(), request, response);
        }
    }

    /// The installation's nodes, each as it changes.
    @Access(Who.OPERATOR)
    @GetMapping(path = "/api/v1/scheduler/nodes/events", produces = EventWriter.MEDIA_TYPE)
    public void nodeEvents(HttpServletRequest request, HttpServletResponse response)
            throws InterruptedException {
        try (Feeds.Watching watching = feeds.ofNodes()) {
            writer.write(watching.watcher(), request, response);
        }
    }

    private void follow(
            TenantId tenant,
            JobId job,
            RunFeed.Watched watched,
            @Nullable String last,
            HttpServletRequest request,
            HttpServletResponse response)
            throws InterruptedException {
        long line = last == null ? 0 : position(last);
        try (Feeds.Watching watching = feeds.ofRun(tenant, job, watched, line)) {
            writer.write(watching.watcher(), request, response);
        }
    }

    private RunFeed.Seen pipelineRun(TenantId tenant, JobId job) {
        RunView run = engine.runs().find(tenant, job);
        return new RunFeed.Seen(run, RunWords.run(run), run.hasEnded());
    }

    private RunFeed.Seen jobRun(TenantId tenant, JobId job) {
        JobRun run = engine.jobRuns().find(tenant, job);
        return new RunFeed.Seen(run, JobWords.run(run), run.finishedAt() != null);
    }

    private static long position(String last) {
        try {
            long position = Long.parseLong(last.strip());
            if (position >= 0) {
                return position;
            }
        } catch (NumberFormatException wrong) {
            // The sentence below says what is expected.
        }
        throw EngineException.invalidField(
                LAST, "INVALID_VALUE", "is the id of an event of this stream.");
    }
}
