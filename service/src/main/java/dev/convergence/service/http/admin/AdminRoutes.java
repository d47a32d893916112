package dev.convergence.service.http.admin;

import dev.convergence.api.admin.AdminKeyAnswer;
import dev.convergence.api.admin.AdminKeyRequest;
import dev.convergence.api.admin.AdminTenantAnswer;
import dev.convergence.api.admin.AdminTenantRequest;
import dev.convergence.api.admin.BootstrapAnswer;
import dev.convergence.api.admin.BootstrapRequest;
import dev.convergence.api.key.KeyRevokedAnswer;
import dev.convergence.engine.Bootstrap;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.tenant.OperatorSteps;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Caller;
import dev.convergence.service.http.Who;
import dev.convergence.service.http.key.KeyWords;
import dev.convergence.service.http.tenant.Requesters;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// An installation, a tenant and its key, each made in a step of its own.
@RestController
public final class AdminRoutes {

    private final Bootstrap bootstrap;
    private final OperatorSteps steps;
    private final InstantSource clock;

    public AdminRoutes(Bootstrap bootstrap, OperatorSteps steps, InstantSource clock) {
        this.bootstrap = bootstrap;
        this.steps = steps;
        this.clock = clock;
    }

    @Access(Who.OPERATOR)
    @PostMapping("/api/v1/admin/bootstrap")
    public BootstrapAnswer bootstrap(
            @RequestBody(required = false) @Nullable BootstrapRequest request) {
        AdminWords.refuseForce(request);
        return AdminWords.answer(bootstrap.run());
    }

    @Access(Who.OPERATOR)
    @PostMapping("/api/v1/admin/tenants")
    public AdminTenantAnswer admit(@RequestBody AdminTenantRequest request, Caller caller) {
        return AdminWords.answer(
                steps.admit(
                        request.tenantId(),
                        request.description(),
                        Requesters.of(caller),
                        clock.instant()));
    }

    @Access(Who.OPERATOR)
    @GetMapping("/api/v1/admin/tenants/{tenant_id}")
    public AdminTenantAnswer tenant(@PathVariable("tenant_id") String tenant) {
        return AdminWords.answer(steps.of(new TenantId(tenant)));
    }

    @Access(Who.OPERATOR)
    @PostMapping("/api/v1/admin/api-keys")
    public AdminKeyAnswer issue(@RequestBody AdminKeyRequest request, Caller caller) {
        return AdminWords.answer(
                steps.issue(
                        request.tenantId(),
                        request.description(),
                        Requesters.of(caller),
                        clock.instant()),
                request.description());
    }

    @Access(Who.OPERATOR)
    @DeleteMapping("/api/v1/admin/api-keys/{tenant_api_key_hash}")
    public KeyRevokedAnswer revoke(
            @PathVariable("tenant_api_key_hash") String hash, Caller caller) {
        return KeyWords.revoked(steps.revoke(hash, Requesters.of(caller), clock.instant()));
    }
}
