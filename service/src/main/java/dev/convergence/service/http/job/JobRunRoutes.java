package dev.convergence.service.http.job;

import dev.convergence.api.job.JobAnswer;
import dev.convergence.api.job.JobRunAnswer;
import dev.convergence.api.job.RetryRequest;
import dev.convergence.engine.Rooms;
import dev.convergence.engine.artifact.ArtifactDraft;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.run.JobRun;
import dev.convergence.engine.run.JobRuns;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Caller;
import dev.convergence.service.http.Cursor;
import dev.convergence.service.http.Page;
import dev.convergence.service.http.Scope;
import dev.convergence.service.http.Who;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// The runs of a tenant's jobs: what they did, said and made, and trying them once more.
@RestController
public final class JobRunRoutes {

    private static final String RUNS = "/api/v1/job-runs";
    private static final int LOG_LINES_MAX = 10_000;

    private final Rooms engine;
    private final JobRuns runs;
    private final JobDesk desk;

    public JobRunRoutes(Rooms engine, JobDesk desk) {
        this.engine = engine;
        this.desk = desk;
        runs = engine.jobRuns();
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_READ)
    @GetMapping(RUNS)
    public Page<JobRunAnswer> list(@RequestParam Map<String, String> query, Caller.Tenant caller) {
        int limit = Page.limit(query.get("limit"));
        Cursor cursor = Cursor.decode(query.get("cursor"), "job-runs", 1);
        return Page.of(
                "runs",
                runs.list(JobQuery.runs(caller.tenant(), query, cursor, limit + 1)).stream()
                        .map(JobWords::run)
                        .toList(),
                limit,
                last -> Cursor.encode("job-runs", last.jobId()));
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_READ)
    @GetMapping(RUNS + "/{run_id}")
    public JobRunAnswer find(@PathVariable("run_id") UUID id, Caller.Tenant caller) {
        return JobWords.run(runs.find(caller.tenant(), JobId.of(id)));
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_READ)
    @GetMapping(path = RUNS + "/{run_id}/log", produces = MediaType.TEXT_PLAIN_VALUE)
    public ResponseEntity<String> log(@PathVariable("run_id") UUID id, Caller.Tenant caller) {
        JobRun run = runs.find(caller.tenant(), JobId.of(id));
        String text =
                engine.runLog().read(run.tenant(), run.job(), 0, LOG_LINES_MAX).stream()
                        .map(line -> line.at() + " " + line.text() + "\n")
                        .collect(Collectors.joining());
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
                .body(text);
    }

    // What a run made may be a page with a script: a browser keeps it as a file, runs nothing of
    // it, and does not guess another type.
    @Access(value = Who.TENANT, scope = Scope.PIPELINES_READ)
    @GetMapping(RUNS + "/{run_id}/artifacts/{name}")
    public ResponseEntity<byte[]> artifact(
            @PathVariable("run_id") UUID id,
            @PathVariable("name") String name,
            Caller.Tenant caller) {
        JobRun run = runs.find(caller.tenant(), JobId.of(id));
        ArtifactDraft artifact = runs.artifact(run.tenant(), run.job(), name);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(artifact.mediaType()))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .body(artifact.bytes());
    }

    /// Of a FAILED run a new job that points back; no automatic retry follows it.
    @Access(value = Who.TENANT, scope = Scope.PIPELINES_EXECUTE)
    @PostMapping(RUNS + "/{run_id}/retry")
    @ResponseStatus(HttpStatus.CREATED)
    public JobAnswer retry(
            @PathVariable("run_id") UUID id,
            @RequestBody(required = false) @Nullable RetryRequest request,
            Caller.Tenant caller) {
        JobRun run = runs.find(caller.tenant(), JobId.of(id));
        Integer priority = request == null ? null : request.priority();
        return JobWords.job(desk.retry(run.job(), priority, caller));
    }
}
