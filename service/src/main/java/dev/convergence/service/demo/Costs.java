package dev.convergence.service.demo;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What the services that a tenant uses have cost, the dearest first, to the last digit.
final class Costs {

    private static final int SERVICES_MAX = 5;
    private static final int CENTS_DIGITS = 2;

    private static final String COST_PER_SERVICE =
            """
            SELECT ServiceName, BillingCurrency, sum(BilledCost) AS cost
            FROM focus_cost_usage
            GROUP BY ServiceName, BillingCurrency
            ORDER BY cost DESC, ServiceName
            """;

    private Costs() {}

    /// Lines of tenant, service, currency and cost.
    static List<List<String>> of(DemoTenant tenant, Client client) throws InterruptedException {
        JsonNode answer =
                client.post(
                        "/api/v1/tenants/" + tenant.name() + "/data/query",
                        Map.of("sql", COST_PER_SERVICE, "limit", SERVICES_MAX));
        return answer.path("rows").valueStream().map(row -> cells(tenant, row)).toList();
    }

    private static List<String> cells(DemoTenant tenant, JsonNode row) {
        return List.of(
                tenant.name(),
                row.path(0).asString("(none)"),
                row.path(1).asString("(none)"),
                plain(row.path(2).decimalValue()));
    }

    private static String plain(BigDecimal cost) {
        BigDecimal shortest = cost.stripTrailingZeros();
        return shortest.scale() < CENTS_DIGITS
                ? shortest.setScale(CENTS_DIGITS).toPlainString()
                : shortest.toPlainString();
    }
}
