package dev.convergence.service.http.webhook;

import dev.convergence.api.webhook.DeliveryAnswer;
import dev.convergence.api.webhook.EndpointAnswer;
import dev.convergence.api.webhook.EndpointChangeRequest;
import dev.convergence.api.webhook.EndpointDeletedAnswer;
import dev.convergence.api.webhook.EndpointRequest;
import dev.convergence.api.webhook.RotateSecretRequest;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.webhook.Endpoints;
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
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Where a tenant wants to be told, by its own key only: the key says whose.
@RestController
public final class WebhookEndpointRoutes {

    private static final String ALL = "/api/v1/webhooks/endpoints";
    private static final String ONE = ALL + "/{endpoint_id}";
    private static final String LIST = "endpoints";

    private final Endpoints endpoints;
    private final InstantSource clock;

    public WebhookEndpointRoutes(Endpoints endpoints, InstantSource clock) {
        this.endpoints = endpoints;
        this.clock = clock;
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_WRITE)
    @PostMapping(ALL)
    @ResponseStatus(HttpStatus.CREATED)
    public EndpointAnswer.WithSecret create(
            @RequestBody EndpointRequest request, Caller.Tenant caller) {
        return WebhookWords.withSecret(
                endpoints.create(caller.tenant(), WebhookWords.wish(request), clock.instant()));
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_READ)
    @GetMapping(ALL)
    public Page<EndpointAnswer> list(
            Caller.Tenant caller,
            @RequestParam(name = "limit", required = false) @Nullable String limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor) {
        int size = Page.limit(limit);
        Cursor before = Cursor.decode(cursor, LIST, 1);
        List<EndpointAnswer> found =
                endpoints
                        .list(caller.tenant(), before == null ? null : before.uuid(0), size + 1)
                        .stream()
                        .map(WebhookWords::answer)
                        .toList();
        return Page.of(LIST, found, size, last -> Cursor.encode(LIST, last.endpointId()));
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_READ)
    @GetMapping(ONE)
    public EndpointAnswer get(Caller.Tenant caller, @PathVariable("endpoint_id") UUID id) {
        return WebhookWords.answer(endpoints.get(caller.tenant(), id));
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_WRITE)
    @PatchMapping(ONE)
    public EndpointAnswer change(
            Caller.Tenant caller,
            @PathVariable("endpoint_id") UUID id,
            @RequestBody EndpointChangeRequest request) {
        return WebhookWords.answer(
                endpoints.update(
                        caller.tenant(), id, WebhookWords.change(request), clock.instant()));
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_WRITE)
    @DeleteMapping(ONE)
    public EndpointDeletedAnswer delete(
            Caller.Tenant caller, @PathVariable("endpoint_id") UUID id) {
        TenantId tenant = caller.tenant();
        endpoints.delete(tenant, id);
        return new EndpointDeletedAnswer(
                id, tenant.value(), tenant.value(), true, "The endpoint is deleted.");
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_WRITE)
    @PostMapping(ONE + "/rotate-secret")
    public EndpointAnswer.WithSecret rotateSecret(
            Caller.Tenant caller,
            @PathVariable("endpoint_id") UUID id,
            @RequestBody(required = false) @Nullable RotateSecretRequest request) {
        return WebhookWords.withSecret(
                endpoints.rotate(
                        caller.tenant(),
                        id,
                        request == null ? null : request.secret(),
                        request == null ? null : request.overlapSeconds(),
                        clock.instant()));
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_WRITE)
    @PostMapping(ONE + "/test")
    @ResponseStatus(HttpStatus.ACCEPTED)
    public DeliveryAnswer test(Caller.Tenant caller, @PathVariable("endpoint_id") UUID id) {
        return WebhookWords.answer(endpoints.test(caller.tenant(), id, clock.instant()));
    }
}
