package dev.convergence.service.http.cost;

import dev.convergence.api.cost.FindingAnswer;
import dev.convergence.api.cost.QualityTrendAnswer;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.recovery.RunRecordCopier;
import dev.convergence.engine.warehouse.Warehouse;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Cursor;
import dev.convergence.service.http.Page;
import dev.convergence.service.http.Scope;
import dev.convergence.service.http.Who;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What loads have found: about a tenant's clouds, and about the data themselves.
@RestController
public final class FindingRoutes {

    private static final List<String> SEVERITIES =
            List.of("CRITICAL", "HIGH", "MEDIUM", "LOW", "INFO", "UNKNOWN");
    private static final List<String> STATES = List.of("OPEN", "RESOLVED", "MUTED", "EXEMPT");
    private static final List<String> CHANGES = List.of("NEW", "RESOLVED", "REOPENED", "CHANGED");
    private static final List<String> PROVIDERS = List.of("gcp", "azure", "aws");

    private final Warehouse warehouse;
    private final RunRecordCopier copier;

    public FindingRoutes(Warehouse warehouse, RunRecordCopier copier) {
        this.warehouse = warehouse;
        this.copier = copier;
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping({"/api/v1/tenants/{tenant_id}/findings", "/api/v1/customers/{tenant_id}/findings"})
    public Page<FindingAnswer> findings(
            @PathVariable("tenant_id") String tenant,
            @RequestParam(name = "severity", required = false) @Nullable String severity,
            @RequestParam(name = "state", required = false) @Nullable String state,
            @RequestParam(name = "provider", required = false) @Nullable String provider,
            @RequestParam(name = "change", required = false) @Nullable String change,
            @RequestParam(name = "limit", required = false) @Nullable String limitText,
            @RequestParam(name = "cursor", required = false) @Nullable String cursorText) {
        Findings.Filter filter =
                new Findings.Filter(
                        word("severity", severity, SEVERITIES),
                        word("state", state, STATES),
                        word("provider", provider, PROVIDERS),
                        word("change", change, CHANGES));
        int limit = Page.limit(limitText);
        String list = "findings " + filter;
        Cursor cursor = Cursor.decode(cursorText, list, 1);
        List<Findings.Found> found =
                new Findings(new Question(warehouse, new TenantId(tenant)))
                        .list(filter, cursor == null ? null : cursor.text(0), limit + 1);
        return Page.of("findings", found, limit, last -> Cursor.encode(list, last.key()))
                .map(Findings.Found::finding);
    }

    /// Results of runs that ended before the question are there when it is answered.
    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping({
        "/api/v1/tenants/{tenant_id}/data-quality",
        "/api/v1/customers/{tenant_id}/data-quality"
    })
    public Page<QualityTrendAnswer> quality(
            @PathVariable("tenant_id") String tenantId,
            @RequestParam(name = "by", required = false) @Nullable String by,
            @RequestParam(name = "limit", required = false) @Nullable String limitText,
            @RequestParam(name = "cursor", required = false) @Nullable String cursorText) {
        String grouping = word("by", by == null ? "run" : by, List.of("run", "rule"));
        int limit = Page.limit(limitText);
        String list = "data quality by " + grouping;
        int offset = CostRoutes.offset(Cursor.decode(cursorText, list, 1));
        TenantId tenant = new TenantId(tenantId);
        copier.copy(tenant);
        QualityTrends trends = new QualityTrends(new Question(warehouse, tenant));
        List<QualityTrendAnswer> found =
                "rule".equals(grouping)
                        ? trends.byRule(offset, limit + 1)
                        : trends.byRun(offset, limit + 1);
        return Page.of("results", found, limit, _ -> Cursor.encode(list, offset + limit));
    }

    private static @Nullable String word(String field, @Nullable String text, List<String> words) {
        if (text == null) {
            return null;
        }
        return words.stream()
                .filter(word -> word.equals(text) || word.equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                        EngineException.invalidField(
                                field,
                                "INVALID_VALUE",
                                "is one of " + String.join(", ", words) + "."));
    }
}
