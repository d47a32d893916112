package dev.convergence.service.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.convergence.service.e2e.Console.exactly;
import static dev.convergence.service.e2e.Console.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.AriaRole;
import dev.convergence.service.RunningServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The console as people use it, in a real browser.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleTest
        implements ConsoleOperating, ConsoleTelling, ConsoleCosts, ConsoleAtScale, ConsoleTexts {

    /// Longer than any test lasts: somebody ends it.
    private static final int FOR_EVER = 600_000;

    private static final int TRIES_MAX = 5;

    private static final String SCRIPT = "<script>window.harmed = true</script>";

    private @Nullable Console console;
    private House house;

    @BeforeAll
    void open(@TempDir Path folder) {
        assumeTrue(Chromium.find().isPresent(), Chromium.NONE);
        console = Console.open(folder);
        house = console.house();
    }

    /// Browsers log every answer that is no success; all else they complain of is a fault of ours.
    @AfterAll
    void close() {
        if (console != null) {
            List<String> complaints = console.complaints();
            console.close();
            assertThat(complaints)
                    .allMatch(complaint -> complaint.startsWith("Failed to load resource"));
        }
    }

    @Override
    public Console console() {
        return Objects.requireNonNull(console);
    }

    @Test
    void a_pipeline_is_made_from_a_template_and_its_run_watched_to_its_end() {
        Caller tenant = house.onboard("console_first", "PROFESSIONAL");
        Page page = console().signedIn(tenant);
        page.getByRole(AriaRole.LINK, named("New pipeline")).click();
        page.locator(".tile").filter(hasText("aws/cost/cost_analysis")).click();
        page.getByLabel("source").selectOption("sample");
        page.getByRole(AriaRole.BUTTON, exactly("Dry run")).click();
        assertThat(page.locator(".plan")).containsText("publish");
        assertThat(page.locator(".preview")).containsText("First runs");
        assertThat(tenant.get("/scheduler/pipeline-configs").list("pipelines")).isEmpty();
        assertThat(Console.copied(page, "Create and run", "curl"))
                .contains("CONFIG_ID=$(curl", "/pipelines'", "/$CONFIG_ID/run-now\"");
        assertThat(Console.copied(page, "Create and run", "CLI"))
                .contains("CONFIG_ID=$(./convergence pipeline create", "run start \"$CONFIG_ID\"");
        page.getByRole(AriaRole.BUTTON, exactly("Create and run")).click();

        assertThat(page.locator(".page-title .badge")).hasAttribute("data-state", "COMPLETED");
        assertThat(page.locator("[data-step=publish][data-state=COMPLETED]")).isVisible();
        assertThat(page.locator(".log-lines")).containsText("rows into focus_cost_usage");
        page.getByText("rules that were kept").first().click();
        assertThat(page.getByRole(AriaRole.CELL, named("focus_cost_usage")).first()).isVisible();
        page.context().close();
    }

    @Test
    void a_running_run_shows_its_steps_as_they_happen_and_stops_when_it_is_asked_to() {
        Caller tenant = house.onboard("console_running", "PROFESSIONAL");
        Page page = console().signedIn(tenant, "/t/console_running/runs");
        page.onDialog(Dialog::accept);
        assertThat(page.locator(".live")).hasText("Live");
        Console.start(tenant, Map.of("duration_ms", FOR_EVER));
        page.locator("tbody a").first().click();
        assertThat(page.locator(".page-title .badge")).hasAttribute("data-state", "RUNNING");
        assertThat(page.locator(".gantt-row.is-step").first())
                .hasAttribute("data-state", "RUNNING");
        assertThat(page.locator(".log-lines")).containsText("attempt 1 of");

        page.getByRole(AriaRole.BUTTON, exactly("Cancel")).click();
        assertThat(page.locator(".page-title .badge")).hasAttribute("data-state", "CANCELLED");
        page.context().close();
    }

    @Test
    void a_failed_run_says_why_and_is_retried() {
        Caller tenant = house.onboard("console_retry", "PROFESSIONAL");
        String run = Console.start(tenant, Map.of("outcome", "FAILED", "error", SCRIPT));
        house.ended(tenant, run);
        Page page = console().signedIn(tenant, "/t/console_retry/runs/" + run);
        assertThat(page.locator(".page-title .badge")).hasAttribute("data-state", "FAILED");
        assertThat(page.locator("[data-part=error]")).containsText(SCRIPT);

        page.getByRole(AriaRole.BUTTON, exactly("Retry")).click();
        assertThat(page.locator(".gantt-row[data-state=FAILED]")).hasCount(3);
        assertThat(page.locator(".gantt-name").nth(1)).containsText("Attempt 2 by hand");
        page.context().close();
    }

    @Test
    void a_list_of_runs_hears_of_a_new_one_within_a_second() {
        Caller tenant = house.onboard("console_live", "PROFESSIONAL");
        Page page = console().signedIn(tenant, "/t/console_live/runs");
        assertThat(page.getByText("No runs yet")).isVisible();
        assertThat(page.locator(".live")).hasText("Live");

        int tries = 0;
        do {
            tries++;
            Console.start(tenant, Map.of("duration_ms", 1, "echo", tries));
        } while (!hasRowsWithinASecond(page, tries) && tries < TRIES_MAX);
        assertThat(page.locator("tbody tr")).hasCount(tries);
        assertThat(tries).isLessThan(TRIES_MAX);
        assertThat(page.locator("tbody .badge").first()).hasAttribute("data-state", "COMPLETED");
        page.context().close();
    }

    /// A machine that builds other things, too, may be late once; a console that polls is always.
    private static boolean hasRowsWithinASecond(Page page, int count) {
        try {
            page.locator("tbody tr")
                    .nth(count - 1)
                    .waitFor(new Locator.WaitForOptions().setTimeout(1_000));
            return true;
        } catch (TimeoutError late) {
            return false;
        }
    }

    @Test
    void several_pipelines_are_switched_at_once_and_each_call_can_be_copied() {
        Caller tenant = house.onboard("console_bulk", "PROFESSIONAL");
        List<String> configs =
                List.of(
                        QuietServer.config(tenant, Map.of("pipeline_name", "one")),
                        QuietServer.config(tenant, Map.of("pipeline_name", "two")));
        Page page = console().signedIn(tenant, "/t/console_bulk/pipelines");
        page.getByLabel("Choose all").check();
        String lines = Console.copied(page, "Disable", "curl");
        assertThat(lines.lines().filter(line -> line.startsWith("curl "))).hasSize(2);
        assertThat(lines).contains(configs);
        assertThat(Console.copied(page, "Disable", "CLI"))
                .contains(configs.stream().map("pipeline disable "::concat).toList())
                .contains(" &&\n");
        page.getByRole(AriaRole.BUTTON, exactly("Disable")).click();
        assertThat(page.locator("tbody [data-state=PAUSED]")).hasCount(2);
        page.context().close();
    }

    @Test
    void a_tenant_is_onboarded_after_a_dry_run() {
        Page page = console().operator("/tenants?new=1");
        page.getByLabel("Id", new Page.GetByLabelOptions().setExact(false))
                .first()
                .fill("console_came");
        page.getByLabel("Company").first().fill("Came");
        page.getByLabel("E-mail").first().fill("ops@came.example");
        page.getByRole(AriaRole.BUTTON, exactly("Dry run")).click();
        assertThat(page.locator(".preview .note")).containsText("would make console_came");
        assertThat(page.locator(".preview [data-state=PASS]").first()).isVisible();
        Caller.operator(console().server())
                .get("/tenants/console_came")
                .isRefused(404, "RESOURCE_NOT_FOUND");
        page.getByRole(AriaRole.BUTTON, exactly("Onboard")).click();
        assertThat(page.getByText("The key of console_came")).isVisible();
        page.context().close();
    }

    @Test
    void a_backfill_is_looked_at_before_it_is_begun() {
        Caller tenant = house.onboard("console_past", "PROFESSIONAL");
        String config = QuietServer.config(tenant, Map.of());
        Page page = console().signedIn(tenant, "/t/console_past/pipelines/" + config);
        page.getByRole(AriaRole.LINK, named("Backfill").setExact(true)).first().click();
        page.getByRole(AriaRole.BUTTON, exactly("Preview")).click();
        assertThat(page.locator(".preview tbody tr")).hasCount(1);
        page.getByRole(AriaRole.BUTTON, exactly("Start 1 run")).click();
        assertThat(page.locator(".page-title .badge")).hasAttribute("data-state", "COMPLETED");
        assertThat(page.locator("tbody [data-state=COMPLETED]")).hasCount(1);
        assertThat(Console.violations(page)).isEmpty();
        page.context().close();
    }

    @Test
    void a_revoked_key_ends_what_the_browser_sees() {
        Caller tenant = house.onboard("console_revoked", "STARTER");
        Answer issued =
                tenant.post("/tenants/console_revoked/api-keys", Map.of("key_name", "browser"));
        Caller browser = console().caller(issued.get("api_key"));
        Page page = console().signedIn(browser);
        tenant.delete("/tenants/console_revoked/api-keys/" + issued.get("api_key_id")).isOk();
        page.navigate(console().address() + "/#/t/console_revoked/pipelines");
        assertThat(page.getByText("Your session is over")).isVisible();
        assertThat(page.getByLabel("API key or operator key")).isVisible();
        page.context().close();
    }

    @Test
    void a_tenant_sees_nothing_of_another_and_an_operator_one_at_a_time() {
        Caller tenant = house.onboard("console_mine", "STARTER");
        house.onboard("console_theirs", "STARTER");
        Page page = console().signedIn(tenant, "/t/console_theirs/runs");
        assertThat(page.getByRole(AriaRole.HEADING, named("Another tenant"))).isVisible();
        page.getByRole(AriaRole.BUTTON, exactly("Sign out")).click();

        Console.signIn(page, RunningServer.OPERATOR_KEY);
        console().open(page, "/tenants");
        Locator chooser = page.getByLabel("Tenant", new Page.GetByLabelOptions().setExact(true));
        chooser.fill("theirs");
        assertThat(page.locator("#tenant-list li")).containsText("console_theirs");
        chooser.press("Enter");
        assertThat(page.getByText("Nothing runs here yet")).isVisible();
        page.getByLabel("Copy as CLI").click();
        assertThat(page.locator(".toast pre")).containsText("--tenant console_theirs");
        page.context().close();
    }

    @Test
    void everything_is_reached_by_keyboard() {
        Page page = console().signedIn(house.onboard("console_keys", "STARTER"));
        page.keyboard().press("Tab");
        assertThat(page.getByText("Skip to the page")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("main")).isFocused();
        Locator colours = page.getByLabel("Colours");
        colours.focus();
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.BUTTON, exactly("As the system"))).isFocused();
        page.keyboard().press("Escape");
        assertThat(colours).isFocused();
        page.context().close();
    }

    @Test
    void no_page_keeps_people_out_in_light_or_dark_wide_or_narrow() {
        Caller tenant = house.onboard("console_axe", "PROFESSIONAL");
        console().lookBeforeSignIn();
        console().look(tenant, console().pagesOf(tenant));
        console().look(List.of("overview", "tenants?new=1", "workers", "health", "audit"));
    }

    @Test
    void a_page_that_is_refused_says_so_by_its_title_and_what_to_do() {
        Caller tenant = house.onboard("console_refused", "STARTER");
        Page page = console().signedIn(tenant);
        String gone = "00000000-0000-7000-8000-000000000000";
        for (String thing : List.of("run", "job", "group", "backfill", "pipeline")) {
            console().open(page, "/t/console_refused/" + thing + "s/" + gone);
            assertThat(page.locator("main h1")).hasText("No such " + thing);
            assertThat(page).hasTitle("No such " + thing + " · Convergence");
            assertThat(page.locator("main .problem")).containsText("Request ");
            assertThat(page.locator("main a.button")).isVisible();
        }
        assertThat(Console.violations(page)).isEmpty();
        console().open(page, "/t/console_refused/nowhere");
        assertThat(page).hasTitle("No such page · Convergence");
        page.getByRole(AriaRole.LINK, exactly("To the first page")).click();
        assertThat(page).hasTitle("Overview · Convergence");
        page.context().close();

        Page operator = console().operator("/t/console_nobody/runs");
        assertThat(operator).hasTitle("No such tenant · Convergence");
        assertThat(operator.locator("main .problem")).hasCount(1);
        operator.context().close();
    }

    private static Locator.FilterOptions hasText(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }
}
