package dev.convergence.service.http.pipeline;

import dev.convergence.api.pipeline.ConfigAnswer;
import dev.convergence.api.pipeline.ConfigDeletedAnswer;
import dev.convergence.api.pipeline.ConfigPlanAnswer;
import dev.convergence.api.pipeline.ConfigRequest;
import dev.convergence.api.pipeline.RunAcceptedAnswer;
import dev.convergence.engine.id.TenantId;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Caller;
import dev.convergence.service.http.Page;
import dev.convergence.service.http.Scope;
import dev.convergence.service.http.Who;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Pipeline configs under the tenant's name.
@RestController
@RequestMapping({
    "/api/v1/scheduler/customer/{tenant_id}/pipelines",
    "/api/v1/scheduler/tenant/{tenant_id}/pipelines"
})
public final class TenantConfigRoutes {

    private final ConfigDesk desk;

    public TenantConfigRoutes(ConfigDesk desk) {
        this.desk = desk;
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_WRITE)
    @PostMapping
    public ConfigAnswer create(
            @PathVariable("tenant_id") String tenantId,
            @RequestBody ConfigRequest request,
            Caller caller) {
        return desk.create(desk.tenant(caller, tenantId, request.tenantId()), request, caller);
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_WRITE)
    @PostMapping("/dryrun")
    public ConfigPlanAnswer plan(
            @PathVariable("tenant_id") String tenantId,
            @RequestBody ConfigRequest request,
            Caller caller) {
        return desk.plan(desk.tenant(caller, tenantId, request.tenantId()), request, caller);
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping
    public Page<ConfigAnswer> list(
            @PathVariable("tenant_id") String tenantId,
            @RequestParam(name = "is_active", required = false) @Nullable Boolean isActive,
            @RequestParam(name = "limit", required = false) @Nullable String limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor) {
        return desk.list(desk.known(new TenantId(tenantId)), isActive, limit, cursor);
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping("/{config_id}")
    public ConfigAnswer find(
            @PathVariable("tenant_id") String tenantId, @PathVariable("config_id") UUID configId) {
        return desk.find(desk.known(new TenantId(tenantId)), configId);
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_WRITE)
    @PutMapping("/{config_id}")
    public ConfigAnswer replace(
            @PathVariable("tenant_id") String tenantId,
            @PathVariable("config_id") UUID configId,
            @RequestBody ConfigRequest request,
            Caller caller) {
        return desk.change(desk.tenant(caller, tenantId, request.tenantId()), configId, request);
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_WRITE)
    @PatchMapping("/{config_id}")
    public ConfigAnswer change(
            @PathVariable("tenant_id") String tenantId,
            @PathVariable("config_id") UUID configId,
            @RequestBody ConfigRequest request,
            Caller caller) {
        return desk.change(desk.tenant(caller, tenantId, request.tenantId()), configId, request);
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_WRITE)
    @DeleteMapping("/{config_id}")
    public ConfigDeletedAnswer delete(
            @PathVariable("tenant_id") String tenantId, @PathVariable("config_id") UUID configId) {
        return desk.delete(desk.known(new TenantId(tenantId)), configId);
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_EXECUTE)
    @PostMapping("/{config_id}/run-now")
    public RunAcceptedAnswer runNow(
            @PathVariable("tenant_id") String tenantId,
            @PathVariable("config_id") UUID configId,
            Caller caller) {
        return desk.runNow(desk.known(new TenantId(tenantId)), configId, caller);
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_WRITE)
    @PostMapping("/{config_id}/pause")
    public ConfigAnswer pause(
            @PathVariable("tenant_id") String tenantId, @PathVariable("config_id") UUID configId) {
        return desk.setActive(desk.known(new TenantId(tenantId)), configId, false, null);
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_WRITE)
    @PostMapping({"/{config_id}/resume", "/{config_id}/activate"})
    public ConfigAnswer resume(
            @PathVariable("tenant_id") String tenantId,
            @PathVariable("config_id") UUID configId,
            @RequestParam(name = "run_missed", required = false) @Nullable Boolean runMissed) {
        return desk.setActive(desk.known(new TenantId(tenantId)), configId, true, runMissed);
    }
}
