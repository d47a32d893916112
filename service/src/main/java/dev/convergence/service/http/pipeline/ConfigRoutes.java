package dev.convergence.service.http.pipeline;

import dev.convergence.api.pipeline.ConfigAnswer;
import dev.convergence.api.pipeline.ConfigDeletedAnswer;
import dev.convergence.api.pipeline.ConfigPlanAnswer;
import dev.convergence.api.pipeline.ConfigRequest;
import dev.convergence.api.pipeline.RunAcceptedAnswer;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Pipeline configs of the key's own tenant; an operator names the tenant.
@RestController
public final class ConfigRoutes {

    private static final String CONFIGS = "/api/v1/scheduler/pipeline-configs";

    private final ConfigDesk desk;

    public ConfigRoutes(ConfigDesk desk) {
        this.desk = desk;
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_WRITE)
    @PostMapping({
        CONFIGS,
        "/api/v1/customers/pipelines/configure",
        "/api/v1/tenants/pipelines/configure"
    })
    public ConfigAnswer create(@RequestBody ConfigRequest request, Caller caller) {
        return desk.create(desk.tenant(caller, request.tenantId()), request, caller);
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_WRITE)
    @PostMapping(CONFIGS + "/dryrun")
    public ConfigPlanAnswer plan(@RequestBody ConfigRequest request, Caller caller) {
        return desk.plan(desk.tenant(caller, request.tenantId()), request, caller);
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping(CONFIGS)
    public Page<ConfigAnswer> list(
            @RequestParam(name = "tenant_id", required = false) @Nullable String tenantId,
            @RequestParam(name = "is_active", required = false) @Nullable Boolean isActive,
            @RequestParam(name = "limit", required = false) @Nullable String limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor,
            Caller caller) {
        return desk.list(desk.tenant(caller, tenantId), isActive, limit, cursor);
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping(CONFIGS + "/{config_id}")
    public ConfigAnswer find(@PathVariable("config_id") UUID configId, Caller caller) {
        return desk.find(desk.owner(caller, configId), configId);
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_WRITE)
    @PutMapping(CONFIGS + "/{config_id}")
    public ConfigAnswer replace(
            @PathVariable("config_id") UUID configId,
            @RequestBody ConfigRequest request,
            Caller caller) {
        return desk.change(desk.owner(caller, configId), configId, request);
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_WRITE)
    @PatchMapping(CONFIGS + "/{config_id}")
    public ConfigAnswer change(
            @PathVariable("config_id") UUID configId,
            @RequestBody ConfigRequest request,
            Caller caller) {
        return desk.change(desk.owner(caller, configId), configId, request);
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_WRITE)
    @DeleteMapping(CONFIGS + "/{config_id}")
    public ConfigDeletedAnswer delete(@PathVariable("config_id") UUID configId, Caller caller) {
        return desk.delete(desk.owner(caller, configId), configId);
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_EXECUTE)
    @PostMapping(CONFIGS + "/{config_id}/run-now")
    public RunAcceptedAnswer runNow(@PathVariable("config_id") UUID configId, Caller caller) {
        return desk.runNow(desk.owner(caller, configId), configId, caller);
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_WRITE)
    @PostMapping(CONFIGS + "/{config_id}/pause")
    public ConfigAnswer pause(@PathVariable("config_id") UUID configId, Caller caller) {
        return desk.setActive(desk.owner(caller, configId), configId, false, null);
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_WRITE)
    @PostMapping({CONFIGS + "/{config_id}/resume", CONFIGS + "/{config_id}/activate"})
    public ConfigAnswer resume(
            @PathVariable("config_id") UUID configId,
            @RequestParam(name = "run_missed", required = false) @Nullable Boolean runMissed,
            Caller caller) {
        return desk.setActive(desk.owner(caller, configId), configId, true, runMissed);
    }
}
