package dev.convergence.service.http.tenant;

import dev.convergence.api.tenant.MeAnswer;
import dev.convergence.engine.tenant.Tenants;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Caller;
import dev.convergence.service.http.Who;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Whose key the request carries.
@RestController
public final class MeRoutes {

    private final Tenants tenants;

    public MeRoutes(Tenants tenants) {
        this.tenants = tenants;
    }

    @Access(value = Who.TENANT_OR_OPERATOR, allowSuspended = true)
    @GetMapping("/api/v1/me")
    public MeAnswer me(Caller caller) {
        return caller instanceof Caller.Tenant tenant
                ? TenantWords.me(tenant, tenants.get(tenant.tenant()))
                : TenantWords.operator();
    }
}
