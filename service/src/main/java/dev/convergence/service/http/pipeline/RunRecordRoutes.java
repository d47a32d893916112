package dev.convergence.service.http.pipeline;

import dev.convergence.api.pipeline.QualityAnswer;
import dev.convergence.api.pipeline.RunAnswer;
import dev.convergence.api.pipeline.RunDetailAnswer;
import dev.convergence.api.pipeline.StepsAnswer;
import dev.convergence.api.pipeline.TransitionsAnswer;
import dev.convergence.engine.Rooms;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.run.RunFilter;
import dev.convergence.engine.run.RunView;
import dev.convergence.engine.run.StepRecord;
import dev.convergence.engine.step.QualityCheck;
import dev.convergence.engine.step.QualityStatus;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Caller;
import dev.convergence.service.http.Cursor;
import dev.convergence.service.http.Page;
import dev.convergence.service.http.Scope;
import dev.convergence.service.http.Who;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What runs did: lists, one run, its steps, quality results, log and artifacts.
@RestController
public final class RunRecordRoutes {

    private static final int DEFAULT_LIMIT = 20;
    private static final int LOG_LINES_MAX = 10_000;

    private final Rooms engine;
    private final RunControl control;

    public RunRecordRoutes(Rooms engine, RunControl control) {
        this.engine = engine;
        this.control = control;
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_READ)
    @GetMapping("/api/v1/pipelines/runs")
    public Page<RunAnswer> list(
            @RequestParam(name = "pipeline_id", required = false) @Nullable String pipelineId,
            @RequestParam(name = "status", required = false) @Nullable String status,
            @RequestParam(name = "state", required = false) @Nullable String state,
            @RequestParam(name = "limit", required = false) @Nullable String limitText,
            @RequestParam(name = "cursor", required = false) @Nullable String cursorText,
            Caller.Tenant caller) {
        int limit = Page.limit(limitText, DEFAULT_LIMIT, Page.LIMIT_MAX);
        Cursor cursor = Cursor.decode(cursorText, "runs", 1);
        List<RunView> found =
                engine.runs()
                        .list(
                                new RunFilter(
                                        caller.tenant(),
                                        pipelineId,
                                        null,
                                        status == null
                                                ? RunStates.checked("state", state)
                                                : RunStates.checked("status", status),
                                        false,
                                        null,
                                        null,
                                        cursor == null ? null : JobId.of(cursor.uuid(0)),
                                        limit + 1,
                                        0));
        return Page.of(
                "runs",
                found.stream().map(RunWords::run).toList(),
                limit,
                last -> Cursor.encode("runs", last.jobId()));
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping("/api/v1/pipelines/runs/{run_id}")
    public RunDetailAnswer run(@PathVariable("run_id") UUID runId, Caller caller) {
        RunView run = control.find(caller, runId);
        return RunWords.detail(run, engine.stepRecords().ofRun(run.tenant(), run.job()));
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping("/api/v1/pipelines/runs/{run_id}/transitions")
    public TransitionsAnswer transitions(@PathVariable("run_id") UUID runId, Caller caller) {
        return RunTransitions.of(control.find(caller, runId));
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping("/api/v1/pipelines/runs/{run_id}/steps")
    public StepsAnswer steps(@PathVariable("run_id") UUID runId, Caller caller) {
        RunView run = control.find(caller, runId);
        List<StepRecord> steps = engine.stepRecords().ofRun(run.tenant(), run.job());
        return new StepsAnswer(
                run.run().toString(), steps.stream().map(RunWords::step).toList(), steps.size());
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping("/api/v1/pipelines/runs/{run_id}/dq-results")
    public QualityAnswer quality(@PathVariable("run_id") UUID runId, Caller caller) {
        RunView run = control.find(caller, runId);
        TenantId tenant = run.tenant();
        List<QualityCheck> checks = engine.stepRecords().checksOfRun(tenant, run.job());
        int passed = (int) checks.stream().filter(QualityCheck::passed).count();
        return new QualityAnswer(
                run.run().toString(),
                QualityStatus.of(checks).name(),
                passed,
                checks.size() - passed,
                engine.stepRecords().checksBySuite(tenant, run.job()),
                checks.stream().map(RunWords::check).toList());
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping(path = "/api/v1/pipelines/runs/{run_id}/log", produces = MediaType.TEXT_PLAIN_VALUE)
    public ResponseEntity<String> log(@PathVariable("run_id") UUID runId, Caller caller) {
        RunView run = control.find(caller, runId);
        String text =
                engine.runLog().read(run.tenant(), run.job(), 0, LOG_LINES_MAX).stream()
                        .map(line -> line.at() + " " + line.text() + "\n")
                        .collect(Collectors.joining());
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
                .body(text);
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping("/api/v1/pipelines/runs/{run_id}/artifacts/{name}")
    public ResponseEntity<Object> artifact(
            @PathVariable("run_id") UUID runId, @PathVariable("name") String name, Caller caller) {
        RunView run = control.find(caller, runId);
        Object artifact = run.artifacts().get(name);
        if (artifact == null) {
            throw EngineException.notFound("The run has no artifact '" + name + "'.");
        }
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(artifact);
    }
}
