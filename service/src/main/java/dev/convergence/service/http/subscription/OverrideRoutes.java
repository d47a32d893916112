package dev.convergence.service.http.subscription;

import dev.convergence.api.subscription.OverrideAnswer;
import dev.convergence.api.subscription.OverrideRequest;
import dev.convergence.engine.Rooms;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.subscription.OverrideWish;
import dev.convergence.engine.subscription.Overrides;
import dev.convergence.engine.tenant.Tenants;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Caller;
import dev.convergence.service.http.Cursor;
import dev.convergence.service.http.Page;
import dev.convergence.service.http.Scope;
import dev.convergence.service.http.Who;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Limits that hold for a time: an operator sets and ends them, a tenant sees its own.
@RestController
@RequestMapping({
    "/api/v1/tenants/{tenant_id}/limits/overrides",
    "/api/v1/customers/{tenant_id}/limits/overrides"
})
public final class OverrideRoutes {

    private static final String LIST = "overrides";
    private static final String OPERATOR = "operator";

    private final Overrides overrides;
    private final Tenants tenants;
    private final InstantSource clock;

    public OverrideRoutes(Rooms engine, Tenants tenants) {
        overrides = engine.overrides();
        clock = engine.clock();
        this.tenants = tenants;
    }

    @Access(Who.OPERATOR)
    @PutMapping
    public OverrideAnswer set(
            @PathVariable("tenant_id") String tenantId,
            @RequestBody OverrideRequest request,
            Caller caller) {
        Instant now = clock.instant();
        OverrideWish wish =
                new OverrideWish(
                        request.dailyLimit(),
                        request.monthlyLimit(),
                        request.concurrentLimit(),
                        request.expiresAt(),
                        request.reason());
        return LimitsWords.answer(overrides.set(known(tenantId), wish, who(caller), now), now);
    }

    @Access(Who.OPERATOR)
    @DeleteMapping
    public OverrideAnswer end(@PathVariable("tenant_id") String tenantId, Caller caller) {
        Instant now = clock.instant();
        return LimitsWords.answer(overrides.end(known(tenantId), who(caller), now), now);
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping
    public Page<OverrideAnswer> list(
            @PathVariable("tenant_id") String tenantId,
            @RequestParam(name = "limit", required = false) @Nullable String limitText,
            @RequestParam(name = "cursor", required = false) @Nullable String cursorText) {
        int limit = Page.limit(limitText);
        Cursor cursor = Cursor.decode(cursorText, LIST, 1);
        Instant now = clock.instant();
        List<OverrideAnswer> found =
                overrides
                        .list(known(tenantId), cursor == null ? null : cursor.uuid(0), limit + 1)
                        .stream()
                        .map(one -> LimitsWords.answer(one, now))
                        .toList();
        return Page.of(LIST, found, limit, last -> Cursor.encode(LIST, last.overrideId()));
    }

    private static String who(Caller caller) {
        return Objects.requireNonNullElse(caller.userId(), OPERATOR);
    }

    private TenantId known(String tenant) {
        TenantId id = new TenantId(tenant);
        tenants.get(id);
        return id;
    }
}
