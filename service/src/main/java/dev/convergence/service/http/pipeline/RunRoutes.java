package dev.convergence.service.http.pipeline;

import dev.convergence.api.pipeline.RunAcceptedAnswer;
import dev.convergence.api.pipeline.RunRetryRequest;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.template.TemplatePath;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Caller;
import dev.convergence.service.http.Scope;
import dev.convergence.service.http.Who;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Starting, stopping and repeating pipeline runs.
@RestController
public final class RunRoutes {

    private final ManualRuns manualRuns;
    private final RunControl control;

    public RunRoutes(ManualRuns manualRuns, RunControl control) {
        this.manualRuns = manualRuns;
        this.control = control;
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_EXECUTE)
    @PostMapping("/api/v1/pipelines/run/{tenant_id}/{provider}/{domain}/{template_name}")
    public RunAcceptedAnswer run(
            @PathVariable("tenant_id") String tenantId,
            @PathVariable("provider") String provider,
            @PathVariable("domain") String domain,
            @PathVariable("template_name") String templateName,
            @RequestParam Map<String, String> query,
            @RequestBody(required = false) @Nullable Map<String, Object> body,
            Caller.Tenant caller) {
        return manualRuns.start(
                new TenantId(tenantId),
                new TemplatePath(provider, domain, templateName),
                RunBody.of(body, query),
                caller.userId(),
                null);
    }

    /// The older spelling: `{tenant}-{provider}-{domain}-{template}` in one word.
    @Deprecated
    @Access(value = Who.TENANT, scope = Scope.PIPELINES_EXECUTE)
    @PostMapping("/api/v1/pipelines/run/{pipeline_id}")
    public RunAcceptedAnswer run(
            @PathVariable("pipeline_id") String pipelineId,
            @RequestParam Map<String, String> query,
            @RequestBody(required = false) @Nullable Map<String, Object> body,
            Caller.Tenant caller) {
        return manualRuns.start(
                caller.tenant(),
                path(caller.tenant(), pipelineId),
                RunBody.of(body, query),
                caller.userId(),
                null);
    }

    private static TemplatePath path(TenantId tenant, String pipelineId) {
        String prefix = tenant + "-";
        String[] parts =
                pipelineId.startsWith(prefix)
                        ? pipelineId.substring(prefix.length()).split("-", 3)
                        : new String[0];
        if (parts.length != 3) {
            throw EngineException.notFound(
                    "There is no pipeline " + pipelineId + " of this tenant.");
        }
        return new TemplatePath(parts[0], parts[1], parts[2]);
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_EXECUTE)
    @DeleteMapping("/api/v1/pipelines/runs/{run_id}")
    public RunAcceptedAnswer cancel(@PathVariable("run_id") UUID runId, Caller caller)
            throws InterruptedException {
        return control.cancel(caller, runId);
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_EXECUTE)
    @PostMapping("/api/v1/pipelines/runs/{run_id}/cancel")
    public RunAcceptedAnswer cancelByPost(@PathVariable("run_id") UUID runId, Caller caller)
            throws InterruptedException {
        return control.cancel(caller, runId);
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_EXECUTE)
    @PostMapping("/api/v1/pipelines/runs/{run_id}/retry")
    public RunAcceptedAnswer retry(
            @PathVariable("run_id") UUID runId,
            @RequestBody(required = false) @Nullable RunRetryRequest request,
            Caller.Tenant caller) {
        return manualRuns.retry(
                control.find(caller, runId),
                request == null ? null : request.fromStep(),
                caller.userId());
    }
}
