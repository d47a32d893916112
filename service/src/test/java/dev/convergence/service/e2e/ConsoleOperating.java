package dev.convergence.service.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.convergence.service.e2e.Console.exactly;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The console for those who keep things going: queue, workers, health, audit, revisions.
interface ConsoleOperating {

    Console console();

    @Test
    default void the_queue_shows_its_order_and_why_each_waits() {
        Caller tenant = console().house().onboard("console_queue", "PROFESSIONAL");
        tenant.post("/scheduler/stop", Map.of("timeout", 1)).isOk();
        Page page = console().signedIn(tenant, "/t/console_queue/queue");
        assertThat(page.getByText("Nothing waits")).isVisible();

        for (int priority : List.of(1, 7, 3)) {
            tenant.post("/jobs", Map.of("type", "probe", "priority", priority));
        }
        Locator rows = page.locator("main tbody tr:not(.is-below)");
        assertThat(rows).hasCount(3);
        assertThat(rows.nth(0).locator("td").nth(3)).hasText("7");
        assertThat(page.locator(".why .reasons")).containsText("Lane paused");

        rows.nth(2).getByRole(AriaRole.BUTTON, named("Why?")).click();
        Locator answer = page.locator("main tbody tr").nth(3).locator(".why");
        assertThat(answer).containsText("Why does this one wait?");
        assertThat(answer).isFocused();
        assertThat(page.locator(".why code").first())
                .hasText(rows.nth(2).locator("code").textContent());
        assertThat(page.url()).contains("why=");
        page.getByRole(AriaRole.BUTTON, exactly("Start the queue")).click();
        assertThat(page.getByText("Nothing waits")).isVisible();
        page.context().close();
    }

    @Test
    default void an_operator_drains_a_worker_and_lets_it_work_again() {
        Caller tenant = console().house().onboard("console_drain", "PROFESSIONAL");
        tenant.get("/scheduler/nodes").isRefused(401, "UNAUTHORIZED");
        Page page = console().operator("/workers");
        page.onDialog(Dialog::accept);
        Locator state = page.locator("tbody .badge").first();
        assertThat(state).hasAttribute("data-state", "ALIVE");
        assertThat(page.locator("main .live")).hasText("Live");
        page.getByRole(AriaRole.BUTTON, exactly("Drain")).click();
        assertThat(state).hasAttribute("data-state", "DRAINED");

        String run = Console.start(tenant, Map.of());
        assertThat(tenant.get("/pipelines/runs/" + run + "/why").text()).contains("NO_WORKER");
        page.getByRole(AriaRole.BUTTON, exactly("Take work again")).click();
        assertThat(state).hasAttribute("data-state", "ALIVE");
        console().house().ended(tenant, run);

        page.getByRole(AriaRole.LINK, exactly("Health")).first().click();
        assertThat(page.getByRole(AriaRole.REGION, exactly("What was looked at")))
                .containsText("Database");
        page.context().close();
    }

    @Test
    default void a_failed_run_is_repeated_from_a_step_without_what_was_done() {
        Caller tenant = console().house().onboard("console_again", "PROFESSIONAL");
        String path = "/pipelines/run/console_again/system/diagnostics/branches";
        String run = tenant.post(path, Map.of("max_retries", 0)).isOk().get("run_id");
        console().house().ended(tenant, run);
        tenant.post("/pipelines/runs/" + run + "/retry", Map.of("from_step", "nowhere"))
                .isRefused(422, "INVALID_FIELD");

        Page page = console().signedIn(tenant, "/t/console_again/runs/" + run);
        page.locator("[data-step=right]")
                .getByRole(AriaRole.BUTTON, named("Repeat from here").setExact(true))
                .click();
        assertThat(page.locator(".page-title .badge")).hasAttribute("data-state", "COMPLETED");
        assertThat(page.locator("[data-step=left]")).hasAttribute("data-state", "SKIPPED");
        assertThat(page.locator("[data-step=left]")).containsText("Left out");
        assertThat(page.locator("[data-step=right]")).hasAttribute("data-state", "COMPLETED");
        assertThat(page.locator("[data-step=after]")).hasAttribute("data-state", "COMPLETED");
        page.context().close();
    }

    @Test
    default void a_pipelines_revisions_are_told_apart_and_taken_back() {
        Caller tenant = console().house().onboard("console_then", "PROFESSIONAL");
        String config = QuietServer.config(tenant, Map.of());
        tenant.patch(QuietServer.CONFIGS + "/" + config, Map.of("schedule", "15 4 * * *")).isOk();
        Page page = console().signedIn(tenant, "/t/console_then/pipelines/" + config);
        page.onDialog(Dialog::accept);
        Locator revisions = page.locator(".entry");
        assertThat(revisions).hasCount(2);
        assertThat(revisions.first().locator("del")).hasText("0 2 * * *");
        assertThat(revisions.first().locator("ins")).hasText("15 4 * * *");

        revisions.last().locator("summary").click();
        page.getByRole(AriaRole.BUTTON, exactly("Go back to this")).click();
        assertThat(revisions).hasCount(3);
        assertThat(revisions.first().locator("ins")).hasText("0 2 * * *");
        page.context().close();
    }

    @Test
    default void the_audit_log_is_filtered_and_shows_before_and_after() {
        Caller tenant = console().house().onboard("console_audit", "PROFESSIONAL");
        String config = QuietServer.config(tenant, Map.of());
        tenant.with("X-User-ID", "anna")
                .patch(QuietServer.CONFIGS + "/" + config, Map.of("priority", 9))
                .isOk();
        Page page = console().signedIn(tenant, "/t/console_audit/audit");
        Locator entries = page.locator(".entry");
        assertThat(entries).hasCount(2);
        page.getByLabel("Action").fill("pipeline-configs.change");
        assertThat(entries).hasCount(1);
        assertThat(page.url()).contains("action=pipeline-configs.change");
        assertThat(entries.first()).containsText("anna");
        entries.first().locator("summary").click();
        assertThat(entries.first().locator("tr").filter(hasText("priority"))).containsText("9");

        console().open(page, "/t/console_audit/audit?actor=nobody");
        assertThat(page.getByText("No entry like that")).isVisible();
        page.context().close();
    }

    private static Locator.GetByRoleOptions named(String name) {
        return new Locator.GetByRoleOptions().setName(name);
    }

    private static Locator.FilterOptions hasText(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }
}
