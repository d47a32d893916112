package dev.convergence.service.http.pipeline;

import dev.convergence.api.pipeline.RevisionAnswer;
import dev.convergence.engine.id.TenantId;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Caller;
import dev.convergence.service.http.Page;
import dev.convergence.service.http.Scope;
import dev.convergence.service.http.Who;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What a pipeline config was, change by change.
@RestController
public final class RevisionRoutes {

    private final ConfigDesk desk;
    private final Revisions revisions;

    public RevisionRoutes(ConfigDesk desk, Revisions revisions) {
        this.desk = desk;
        this.revisions = revisions;
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping("/api/v1/scheduler/pipeline-configs/{config_id}/revisions")
    public Page<RevisionAnswer> list(
            @PathVariable("config_id") UUID configId,
            @RequestParam(name = "limit", required = false) @Nullable String limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor,
            Caller caller) {
        return list(desk.owner(caller, configId), configId, limit, cursor);
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping({
        "/api/v1/scheduler/tenant/{tenant_id}/pipelines/{config_id}/revisions",
        "/api/v1/scheduler/customer/{tenant_id}/pipelines/{config_id}/revisions"
    })
    public Page<RevisionAnswer> listOfTenant(
            @PathVariable("tenant_id") String tenantId,
            @PathVariable("config_id") UUID configId,
            @RequestParam(name = "limit", required = false) @Nullable String limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor) {
        return list(desk.known(new TenantId(tenantId)), configId, limit, cursor);
    }

    /// Another tenant's config is not there, so its history is not either.
    private Page<RevisionAnswer> list(
            TenantId tenant, UUID configId, @Nullable String limit, @Nullable String cursor) {
        desk.find(tenant, configId);
        return revisions.list(tenant, configId, limit, cursor);
    }
}
