package dev.convergence.service.http.notification;

import dev.convergence.api.notification.DeletedAnswer;
import dev.convergence.api.notification.RuleAnswer;
import dev.convergence.api.notification.RuleRequest;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.notification.Rules;
import dev.convergence.service.http.Access;
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

/// What a tenant's people are told of.
@RestController
public final class RuleRoutes {

    private static final String ALL = "/api/v1/tenants/{tenant_id}/notifications/rules";
    private static final String ALL_OLD = "/api/v1/customers/{tenant_id}/notifications/rules";
    private static final String ONE = ALL + "/{rule_id}";
    private static final String ONE_OLD = ALL_OLD + "/{rule_id}";
    private static final String LIST = "rules";

    private final Rules rules;
    private final InstantSource clock;

    public RuleRoutes(Rules rules, InstantSource clock) {
        this.rules = rules;
        this.clock = clock;
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_WRITE)
    @PostMapping({ALL, ALL_OLD})
    @ResponseStatus(HttpStatus.CREATED)
    public RuleAnswer create(
            @PathVariable("tenant_id") String tenant, @RequestBody RuleRequest request) {
        return NotificationWords.answer(
                rules.create(
                        new TenantId(tenant), NotificationWords.wish(request), clock.instant()));
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping({ALL, ALL_OLD})
    public Page<RuleAnswer> list(
            @PathVariable("tenant_id") String tenant,
            @RequestParam(name = "limit", required = false) @Nullable String limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor) {
        int size = Page.limit(limit);
        Cursor before = Cursor.decode(cursor, LIST, 1);
        UUID last = before == null ? null : before.uuid(0);
        List<RuleAnswer> found =
                rules.list(new TenantId(tenant), last, size + 1).stream()
                        .map(NotificationWords::answer)
                        .toList();
        return Page.of(LIST, found, size, one -> Cursor.encode(LIST, one.ruleId()));
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping({ONE, ONE_OLD})
    public RuleAnswer get(
            @PathVariable("tenant_id") String tenant, @PathVariable("rule_id") UUID id) {
        return NotificationWords.answer(rules.get(new TenantId(tenant), id));
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_WRITE)
    @PatchMapping({ONE, ONE_OLD})
    public RuleAnswer change(
            @PathVariable("tenant_id") String tenant,
            @PathVariable("rule_id") UUID id,
            @RequestBody RuleRequest request) {
        return NotificationWords.answer(
                rules.update(
                        new TenantId(tenant),
                        id,
                        NotificationWords.wish(request),
                        clock.instant()));
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_WRITE)
    @DeleteMapping({ONE, ONE_OLD})
    public DeletedAnswer delete(
            @PathVariable("tenant_id") String tenant, @PathVariable("rule_id") UUID id) {
        rules.delete(new TenantId(tenant), id);
        return new DeletedAnswer(id, tenant, tenant, true);
    }
}
