package dev.convergence.service.http.subscription;

import dev.convergence.api.subscription.PipelineCountsAnswer;
import dev.convergence.api.subscription.RunCheckAnswer;
import dev.convergence.api.subscription.RunCheckRequest;
import dev.convergence.api.subscription.UsageAnswer;
import dev.convergence.api.subscription.UsageHistoryAnswer;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.subscription.Usages;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Scope;
import dev.convergence.service.http.Who;
import java.time.InstantSource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What a tenant has used, and whether it could run more.
@RestController
public final class UsageRoutes {

    private final Usages usages;
    private final InstantSource clock;

    public UsageRoutes(Usages usages, InstantSource clock) {
        this.usages = usages;
        this.clock = clock;
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping({"/api/v1/tenants/{tenant_id}/usage", "/api/v1/customers/{tenant_id}/usage"})
    public UsageAnswer today(@PathVariable("tenant_id") String tenant) {
        return UsageWords.answer(usages.today(new TenantId(tenant), clock.instant()));
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping({
        "/api/v1/tenants/{tenant_id}/usage/history",
        "/api/v1/customers/{tenant_id}/usage/history"
    })
    public UsageHistoryAnswer history(
            @PathVariable("tenant_id") String tenant, @RequestParam(defaultValue = "30") int days) {
        TenantId id = new TenantId(tenant);
        return UsageWords.history(id, usages.history(id, days, clock.instant()));
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @PostMapping({"/api/v1/tenants/{tenant_id}/validate", "/api/v1/customers/{tenant_id}/validate"})
    public RunCheckAnswer check(
            @PathVariable("tenant_id") String tenant, @RequestBody RunCheckRequest request) {
        return UsageWords.answer(
                usages.check(new TenantId(tenant), request.pipelineId(), clock.instant()));
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping({
        "/api/v1/tenants/{tenant_id}/pipelines/status",
        "/api/v1/customers/{tenant_id}/pipelines/status"
    })
    public PipelineCountsAnswer pipelines(@PathVariable("tenant_id") String tenant) {
        TenantId id = new TenantId(tenant);
        return UsageWords.answer(id, usages.pipelineCounts(id, clock.instant()));
    }
}
