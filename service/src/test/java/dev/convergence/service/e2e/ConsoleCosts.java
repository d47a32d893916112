package dev.convergence.service.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The console for those who pay: what a loaded bill comes to, and of what.
interface ConsoleCosts {

    Console console();

    @Test
    default void costs_are_shown_as_the_api_tells_them() {
        Caller tenant = console().house().onboard("console_costs", "PROFESSIONAL");
        console()
                .house()
                .run(tenant, "console_costs/aws/cost/cost_analysis", Map.of("source", "sample"));
        JsonNode total =
                tenant.get("/tenants/console_costs/costs/summary").isOk().list("totals").getFirst();

        Page page = console().signedIn(tenant, "/t/console_costs/costs");
        assertThat(page.locator(".stat").first()).containsText("Billed");
        assertThat(page.locator(".stat").first()).containsText(written(total));
        assertThat(page.getByRole(AriaRole.IMG, Console.named("Billed cost by day in USD")))
                .isVisible();
        assertSame(page, tenant, "service");

        page.getByLabel("Summed by").selectOption("sub_account");
        assertThat(page.getByText("Billed by account")).isVisible();
        assertThat(page.url()).contains("by=sub_account");
        assertSame(page, tenant, "sub_account");
        page.context().close();
    }

    private static void assertSame(Page page, Caller tenant, String dimension) {
        List<JsonNode> costs =
                tenant.get("/tenants/console_costs/costs/by/" + dimension + "?limit=50")
                        .isOk()
                        .list("costs");
        assertThat(costs).isNotEmpty();
        Locator bars = page.locator(".bars li");
        assertThat(bars).hasCount(costs.size());
        for (int i = 0; i < costs.size(); i++) {
            assertThat(bars.nth(i)).containsText(costs.get(i).path("key").asString());
            assertThat(bars.nth(i)).containsText(written(costs.get(i)));
        }
    }

    private static String written(JsonNode cost) {
        return String.format(
                Locale.UK,
                "%,.2f %s",
                new BigDecimal(cost.path("billed_cost").asString()),
                cost.path("currency").asString());
    }
}
