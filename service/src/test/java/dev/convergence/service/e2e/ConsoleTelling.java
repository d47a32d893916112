package dev.convergence.service.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.convergence.service.e2e.Console.exactly;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

/// The console for those who want to be told: channels, rules, and what was sent.
interface ConsoleTelling {

    Console console();

    @Test
    default void a_channel_and_a_rule_are_made_and_a_test_arrives() {
        Caller tenant = console().house().onboard("console_told", "PROFESSIONAL");
        Page page = console().signedIn(tenant, "/t/console_told/notifications");
        assertThat(page.getByText("No channels yet")).isVisible();
        button(page, "New channel").click();
        page.getByLabel("Type").selectOption("LOG");
        page.getByLabel("Name").fill("the log");
        button(page, "Make it").click();
        assertThat(cell(page, "the log")).isVisible();

        button(page, "New rule").click();
        page.getByLabel("Name").fill("what fails");
        page.getByLabel("Job failure").check();
        button(page, "Make it").click();
        assertThat(cell(page, "what fails")).isVisible();
        assertThat(page.getByText("pipeline_failure job_failure")).isVisible();

        button(page, "Test").click();
        Locator sent = page.getByRole(AriaRole.REGION, exactly("Messages")).locator("tbody tr");
        assertThat(sent).hasCount(1);
        assertThat(sent.locator(".badge").first()).hasAttribute("data-state", "DELIVERED");
        button(page, "Show").click();
        assertThat(sent).hasCount(2);
        assertThat(sent.locator("pre").last()).containsText("console_told");
        page.context().close();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, exactly(name)).first();
    }

    private static Locator cell(Page page, String text) {
        return page.getByRole(AriaRole.CELL, exactly(text)).first();
    }
}
