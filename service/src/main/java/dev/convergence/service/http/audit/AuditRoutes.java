package dev.convergence.service.http.audit;

import dev.convergence.api.audit.AuditAnswer;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.trail.Trail;
import dev.convergence.engine.trail.TrailFilter;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Caller;
import dev.convergence.service.http.Cursor;
import dev.convergence.service.http.Page;
import dev.convergence.service.http.Scope;
import dev.convergence.service.http.Who;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The audit log: a tenant's key shows what was done to its own, the operator's shows all.
@RestController
public final class AuditRoutes {

    private static final String LIST = "entries";

    private final Trail trail;

    public AuditRoutes(Trail trail) {
        this.trail = trail;
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping("/api/v1/audit")
    public Page<AuditAnswer> list(
            Caller caller,
            @RequestParam(name = "tenant_id", required = false) @Nullable String tenant,
            @RequestParam(name = "customer_id", required = false) @Nullable String customer,
            @RequestParam(name = "actor", required = false) @Nullable String actor,
            @RequestParam(name = "action", required = false) @Nullable String action,
            @RequestParam(name = "resource", required = false) @Nullable String resource,
            @RequestParam(name = "resource_id", required = false) @Nullable String resourceId,
            @RequestParam(name = "from", required = false) @Nullable String from,
            @RequestParam(name = "to", required = false) @Nullable String to,
            @RequestParam(name = "limit", required = false) @Nullable String limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor) {
        int size = Page.limit(limit);
        Cursor before = Cursor.decode(cursor, LIST, 1);
        UUID last = before == null ? null : before.uuid(0);
        TenantId whose = whose(caller, tenant == null ? customer : tenant);
        TrailFilter filter =
                new TrailFilter(
                        whose,
                        given(actor),
                        given(action),
                        given(resource),
                        given(resourceId),
                        from(caller, whose, instant("from", from)),
                        instant("to", to),
                        last,
                        size + 1);
        List<AuditAnswer> found = trail.list(filter).stream().map(AuditWords::answer).toList();
        return Page.of(LIST, found, size, one -> Cursor.encode(LIST, one.auditId()));
    }

    /// What is not shown in the caller's list is not there.
    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping("/api/v1/audit/{audit_id}")
    public AuditAnswer get(Caller caller, @PathVariable("audit_id") UUID id) {
        TenantId whose = whose(caller, null);
        Instant since = from(caller, whose, null);
        return trail.find(id)
                .filter(entry -> whose == null || whose.value().equals(entry.tenant()))
                .filter(entry -> since == null || !entry.at().isBefore(since))
                .map(AuditWords::answer)
                .orElseThrow(() ->
                        EngineException.notFound("There is no entry " + id + " in the audit log."));
    }

    private static @Nullable TenantId whose(Caller caller, @Nullable String asked) {
        if (!(caller instanceof Caller.Tenant own)) {
            return asked == null ? null : new TenantId(asked);
        }
        if (asked != null && !asked.equals(own.tenant().value())) {
            throw new EngineException(
                    ErrorCode.FORBIDDEN,
                    "Access denied: tenant id mismatch, the key belongs to %s and the query names %s."
                            .formatted(own.tenant(), asked));
        }
        return own.tenant();
    }

    /// Whoever had the name before is none of a tenant's business.
    private @Nullable Instant from(
            Caller caller, @Nullable TenantId whose, @Nullable Instant asked) {
        if (whose == null || !(caller instanceof Caller.Tenant)) {
            return asked;
        }
        Instant since = trail.since(whose).orElse(Instant.MAX);
        return asked != null && asked.isAfter(since) ? asked : since;
    }

    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static @Nullable Instant instant(String field, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return Instant.parse(text.strip());
        } catch (DateTimeException e) {
            throw EngineException.invalidField(
                    field, "INVALID_TIME", "is a time such as 2026-11-22T12:00:00Z.");
        }
    }
}
