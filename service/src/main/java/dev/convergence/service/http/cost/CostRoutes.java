package dev.convergence.service.http.cost;

import dev.convergence.api.cost.CostForecastAnswer;
import dev.convergence.api.cost.CostPointAnswer;
import dev.convergence.api.cost.CostShareAnswer;
import dev.convergence.api.cost.CostSummaryAnswer;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.warehouse.Warehouse;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Cursor;
import dev.convergence.service.http.Page;
import dev.convergence.service.http.Scope;
import dev.convergence.service.http.Who;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What a tenant's loaded bills cost; amounts of different currencies are never added up.
@RestController
public final class CostRoutes {

    private static final Set<String> GRANULARITIES = Set.of("day", "month");

    private final Warehouse warehouse;

    public CostRoutes(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping({
        "/api/v1/tenants/{tenant_id}/costs/summary",
        "/api/v1/customers/{tenant_id}/costs/summary"
    })
    public CostSummaryAnswer summary(
            @PathVariable("tenant_id") String tenant,
            @RequestParam(name = "start_date", required = false) @Nullable String start,
            @RequestParam(name = "end_date", required = false) @Nullable String end) {
        DayWindow window = DayWindow.of(start, end);
        return new CostSummaryAnswer(
                tenant, tenant, window.start(), window.end(), costs(tenant).totals(window));
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping({
        "/api/v1/tenants/{tenant_id}/costs/trend",
        "/api/v1/customers/{tenant_id}/costs/trend"
    })
    public Page<CostPointAnswer> trend(
            @PathVariable("tenant_id") String tenant,
            @RequestParam(name = "start_date", required = false) @Nullable String start,
            @RequestParam(name = "end_date", required = false) @Nullable String end,
            @RequestParam(name = "granularity", required = false) @Nullable String granularity,
            @RequestParam(name = "limit", required = false) @Nullable String limitText,
            @RequestParam(name = "cursor", required = false) @Nullable String cursorText) {
        DayWindow window = DayWindow.of(start, end);
        String step = granularity == null ? "day" : granularity.toLowerCase(Locale.ROOT);
        if (!GRANULARITIES.contains(step)) {
            throw EngineException.invalidField(
                    "granularity", "INVALID_VALUE", "is one of day, month.");
        }
        int limit = Page.limit(limitText);
        String list = "cost points " + window + " " + step;
        int offset = offset(Cursor.decode(cursorText, list, 1));
        List<CostPointAnswer> found = costs(tenant).points(window, step, offset, limit + 1);
        return Page.of("points", found, limit, _ -> Cursor.encode(list, offset + limit));
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping({
        "/api/v1/tenants/{tenant_id}/costs/by/{dimension}",
        "/api/v1/customers/{tenant_id}/costs/by/{dimension}"
    })
    public Page<CostShareAnswer> by(
            @PathVariable("tenant_id") String tenant,
            @PathVariable("dimension") String dimension,
            @RequestParam(name = "tag_key", required = false) @Nullable String tagKey,
            @RequestParam(name = "start_date", required = false) @Nullable String start,
            @RequestParam(name = "end_date", required = false) @Nullable String end,
            @RequestParam(name = "limit", required = false) @Nullable String limitText,
            @RequestParam(name = "cursor", required = false) @Nullable String cursorText) {
        Dimension by = Dimension.named(dimension);
        String expression = by.expression(tagKey);
        DayWindow window = DayWindow.of(start, end);
        int limit = Page.limit(limitText);
        String list = "costs by " + expression + " " + window;
        int offset = offset(Cursor.decode(cursorText, list, 1));
        List<CostShareAnswer> found =
                costs(tenant).shares(by, expression, window, offset, limit + 1);
        return Page.of("costs", found, limit, _ -> Cursor.encode(list, offset + limit));
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping({
        "/api/v1/tenants/{tenant_id}/costs/forecast",
        "/api/v1/customers/{tenant_id}/costs/forecast"
    })
    public CostForecastAnswer forecast(
            @PathVariable("tenant_id") String tenant,
            @RequestParam(name = "start_date", required = false) @Nullable String start,
            @RequestParam(name = "end_date", required = false) @Nullable String end) {
        return Forecasts.of(tenant, costs(tenant), DayWindow.of(start, end));
    }

    private Costs costs(String tenant) {
        return new Costs(new Question(warehouse, new TenantId(tenant)));
    }

    static int offset(@Nullable Cursor cursor) {
        return cursor == null ? 0 : Page.limit("cursor", cursor.text(0), 0, Integer.MAX_VALUE / 2);
    }
}
