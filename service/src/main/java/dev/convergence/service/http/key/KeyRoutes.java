package dev.convergence.service.http.key;

import dev.convergence.api.key.IssueKeyRequest;
import dev.convergence.api.key.IssuedKeyAnswer;
import dev.convergence.api.key.KeyAnswer;
import dev.convergence.api.key.KeyRevokedAnswer;
import dev.convergence.api.tenant.ReasonRequest;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.tenant.ApiKeys;
import dev.convergence.engine.tenant.KeyRequest;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Caller;
import dev.convergence.service.http.Cursor;
import dev.convergence.service.http.Page;
import dev.convergence.service.http.Scope;
import dev.convergence.service.http.Who;
import dev.convergence.service.http.tenant.Requesters;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// API keys of a tenant; a key is shown by the answer that made it, and never again.
@RestController
public final class KeyRoutes {

    private static final String LIST = "api_keys";

    private final ApiKeys keys;
    private final InstantSource clock;

    public KeyRoutes(ApiKeys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_WRITE)
    @PostMapping({"/api/v1/tenants/{tenant_id}/api-keys", "/api/v1/customers/{tenant_id}/api-keys"})
    public IssuedKeyAnswer issue(
            @PathVariable("tenant_id") String tenant,
            @RequestBody IssueKeyRequest request,
            Caller caller) {
        KeyRequest wish =
                new KeyRequest(request.keyName(), request.scopes(), request.expiresInDays());
        return KeyWords.issued(
                keys.issue(new TenantId(tenant), wish, Requesters.of(caller), clock.instant()));
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping({"/api/v1/tenants/{tenant_id}/api-keys", "/api/v1/customers/{tenant_id}/api-keys"})
    public Page<KeyAnswer> list(
            @PathVariable("tenant_id") String tenant,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int size = Page.limit(limit);
        Cursor after = Cursor.decode(cursor, LIST, 1);
        List<KeyAnswer> found =
                keys
                        .list(new TenantId(tenant), size + 1, after == null ? null : after.uuid(0))
                        .stream()
                        .map(KeyWords::answer)
                        .toList();
        return Page.of(LIST, found, size, key -> Cursor.encode(LIST, key.apiKeyId()));
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_WRITE)
    @DeleteMapping({
        "/api/v1/tenants/{tenant_id}/api-keys/{api_key_id}",
        "/api/v1/customers/{tenant_id}/api-keys/{api_key_id}"
    })
    public KeyRevokedAnswer delete(
            @PathVariable("tenant_id") String tenant,
            @PathVariable("api_key_id") UUID id,
            Caller caller) {
        return revoke(tenant, id, null, caller);
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_WRITE)
    @PostMapping({
        "/api/v1/tenants/{tenant_id}/api-keys/{api_key_id}/revoke",
        "/api/v1/customers/{tenant_id}/api-keys/{api_key_id}/revoke"
    })
    public KeyRevokedAnswer revoke(
            @PathVariable("tenant_id") String tenant,
            @PathVariable("api_key_id") UUID id,
            @RequestBody(required = false) @Nullable ReasonRequest request,
            Caller caller) {
        String reason = request == null ? null : request.reason();
        return KeyWords.revoked(
                keys.revoke(
                        new TenantId(tenant), id, reason, Requesters.of(caller), clock.instant()));
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_WRITE)
    @PostMapping({
        "/api/v1/tenants/{tenant_id}/api-keys/{api_key_id}/rotate",
        "/api/v1/customers/{tenant_id}/api-keys/{api_key_id}/rotate"
    })
    public IssuedKeyAnswer rotate(
            @PathVariable("tenant_id") String tenant,
            @PathVariable("api_key_id") UUID id,
            Caller caller) {
        return KeyWords.issued(
                keys.rotate(new TenantId(tenant), id, Requesters.of(caller), clock.instant()));
    }
}
