package dev.convergence.service.http.tenant;

import dev.convergence.api.tenant.ReasonRequest;
import dev.convergence.api.tenant.TenantAnswer;
import dev.convergence.api.tenant.TenantChangeRequest;
import dev.convergence.api.tenant.TenantDeletedAnswer;
import dev.convergence.api.tenant.TenantsAnswer;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.tenant.Departure;
import dev.convergence.engine.tenant.TenantQuery;
import dev.convergence.engine.tenant.TenantUpdate;
import dev.convergence.engine.tenant.Tenants;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Cursor;
import dev.convergence.service.http.Scope;
import dev.convergence.service.http.Who;
import java.time.InstantSource;
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

/// Profiles of tenants.
@RestController
public final class TenantRoutes {

    private final Tenants tenants;
    private final Departure departure;
    private final InstantSource clock;

    public TenantRoutes(Tenants tenants, Departure departure, InstantSource clock) {
        this.tenants = tenants;
        this.departure = departure;
        this.clock = clock;
    }

    @Access(Who.OPERATOR)
    @GetMapping({"/api/v1/tenants", "/api/v1/customers"})
    public TenantsAnswer list(
            @RequestParam(defaultValue = "1") int page,
            @RequestParam(name = "page_size", defaultValue = "50") int pageSize,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(name = "subscription_plan", required = false) @Nullable String plan,
            @RequestParam(required = false) @Nullable String search) {
        Cursor last = Cursor.decode(cursor, TenantWords.LIST, 1);
        String after = last == null ? null : last.text(0);
        return TenantWords.answer(
                tenants.list(new TenantQuery(page, pageSize, limit, after, status, plan, search)));
    }

    @Access(value = Who.TENANT_OR_OPERATOR, allowSuspended = true)
    @GetMapping({"/api/v1/tenants/{tenant_id}", "/api/v1/customers/{tenant_id}"})
    public TenantAnswer get(@PathVariable("tenant_id") String tenant) {
        return TenantWords.answer(tenants.get(new TenantId(tenant)));
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_WRITE)
    @PutMapping({"/api/v1/tenants/{tenant_id}", "/api/v1/customers/{tenant_id}"})
    public TenantAnswer change(
            @PathVariable("tenant_id") String tenant, @RequestBody TenantChangeRequest request) {
        return update(tenant, request);
    }

    @Access(Who.OPERATOR)
    @PatchMapping({"/api/v1/tenants/{tenant_id}", "/api/v1/customers/{tenant_id}"})
    public TenantAnswer patch(
            @PathVariable("tenant_id") String tenant, @RequestBody TenantChangeRequest request) {
        return update(tenant, request);
    }

    @Access(Who.OPERATOR)
    @PostMapping({"/api/v1/tenants/{tenant_id}/suspend", "/api/v1/customers/{tenant_id}/suspend"})
    public TenantAnswer suspend(
            @PathVariable("tenant_id") String tenant,
            @RequestBody(required = false) @Nullable ReasonRequest request) {
        String reason = request == null ? null : request.reason();
        return TenantWords.answer(tenants.suspend(new TenantId(tenant), reason, clock.instant()));
    }

    @Access(Who.OPERATOR)
    @PostMapping({"/api/v1/tenants/{tenant_id}/activate", "/api/v1/customers/{tenant_id}/activate"})
    public TenantAnswer activate(@PathVariable("tenant_id") String tenant) {
        return TenantWords.answer(tenants.activate(new TenantId(tenant), clock.instant()));
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_WRITE)
    @DeleteMapping({"/api/v1/tenants/{tenant_id}", "/api/v1/customers/{tenant_id}"})
    public TenantDeletedAnswer delete(@PathVariable("tenant_id") String tenant) {
        TenantId id = new TenantId(tenant);
        return TenantWords.deleted(id, departure.delete(id));
    }

    private TenantAnswer update(String tenant, TenantChangeRequest request) {
        TenantUpdate update = new TenantUpdate(request.companyName(), request.adminEmail());
        return TenantWords.answer(tenants.update(new TenantId(tenant), update, clock.instant()));
    }
}
