package dev.convergence.service.http.credential;

import dev.convergence.api.credential.CredentialAnswer;
import dev.convergence.api.credential.CredentialChangeRequest;
import dev.convergence.api.credential.CredentialDeletedAnswer;
import dev.convergence.api.credential.CredentialRequest;
import dev.convergence.engine.credential.Credentials;
import dev.convergence.engine.id.TenantId;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Caller;
import dev.convergence.service.http.Cursor;
import dev.convergence.service.http.Page;
import dev.convergence.service.http.Scope;
import dev.convergence.service.http.Who;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Credentials of a tenant, by its own key only; without an id in the path the key says whose.
@RestController
public final class CredentialRoutes {

    private static final String LIST = "credentials";

    private final Credentials credentials;
    private final InstantSource clock;

    public CredentialRoutes(Credentials credentials, InstantSource clock) {
        this.credentials = credentials;
        this.clock = clock;
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_WRITE)
    @PostMapping({
        "/api/v1/tenants/credentials",
        "/api/v1/customers/credentials",
        "/api/v1/tenants/{tenant_id}/credentials",
        "/api/v1/customers/{tenant_id}/credentials"
    })
    public CredentialAnswer.Stored put(
            @RequestBody CredentialRequest request, Caller.Tenant caller) {
        return CredentialWords.stored(
                credentials.put(
                        caller.tenant(),
                        CredentialWords.wish(request),
                        caller.userId(),
                        clock.instant()));
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_READ)
    @GetMapping({
        "/api/v1/tenants/credentials",
        "/api/v1/customers/credentials",
        "/api/v1/tenants/{tenant_id}/credentials",
        "/api/v1/customers/{tenant_id}/credentials"
    })
    public Page<CredentialAnswer> list(
            Caller.Tenant caller,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int size = Page.limit(limit);
        Cursor after = Cursor.decode(cursor, LIST, 1);
        List<CredentialAnswer> found =
                credentials
                        .list(caller.tenant(), size + 1, after == null ? null : after.uuid(0))
                        .stream()
                        .map(CredentialWords::answer)
                        .toList();
        return Page.of(LIST, found, size, one -> Cursor.encode(LIST, one.credentialId()));
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_READ)
    @GetMapping({
        "/api/v1/tenants/{tenant_id}/credentials/{credential_id}",
        "/api/v1/customers/{tenant_id}/credentials/{credential_id}"
    })
    public CredentialAnswer get(
            @PathVariable("tenant_id") String tenant, @PathVariable("credential_id") UUID id) {
        return CredentialWords.answer(credentials.get(new TenantId(tenant), id));
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_WRITE)
    @PutMapping({
        "/api/v1/tenants/{tenant_id}/credentials/{credential_id}",
        "/api/v1/customers/{tenant_id}/credentials/{credential_id}"
    })
    public CredentialAnswer change(
            @PathVariable("tenant_id") String tenant,
            @PathVariable("credential_id") UUID id,
            @RequestBody CredentialChangeRequest request,
            Caller caller) {
        return CredentialWords.answer(
                credentials.update(
                        new TenantId(tenant),
                        id,
                        CredentialWords.change(request),
                        caller.userId(),
                        clock.instant()));
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_WRITE)
    @DeleteMapping({
        "/api/v1/tenants/{tenant_id}/credentials/{credential_id}",
        "/api/v1/customers/{tenant_id}/credentials/{credential_id}"
    })
    public CredentialDeletedAnswer delete(
            @PathVariable("tenant_id") String tenant, @PathVariable("credential_id") UUID id) {
        TenantId owner = new TenantId(tenant);
        credentials.delete(owner, id);
        return CredentialWords.deleted(owner, id);
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_WRITE)
    @PostMapping({
        "/api/v1/tenants/{tenant_id}/credentials/{credential_id}/validate",
        "/api/v1/customers/{tenant_id}/credentials/{credential_id}/validate"
    })
    public CredentialAnswer validate(
            @PathVariable("tenant_id") String tenant, @PathVariable("credential_id") UUID id) {
        return CredentialWords.answer(
                credentials.validate(new TenantId(tenant), id, clock.instant()));
    }
}
