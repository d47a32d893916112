package dev.convergence.service.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.convergence.service.MigratedDatabase;
import dev.convergence.service.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// A server and a browser in front of its console, for stories of people.
final class Console implements AutoCloseable {

    private static final Path PICTURES = Path.of("target", "console");
    private static final Set<String> BAD = Set.of("serious", "critical");

    private final RunningServer server;
    private final Chromium chromium;
    private final House house;

    private Console(RunningServer server, Chromium chromium) {
        this.server = server;
        this.chromium = chromium;
        house = new House(server);
    }

    /// Two branches, of which one fails at the first attempt.
    private static final String BRANCHES =
            """
            pipeline_id: "{tenant_id}-system-diagnostics-branches"
            parameters:
              fail_times: {type: integer, default: 1}
            steps:
              - {step_id: left, ps_type: system.probe, config: {attempt: 9}}
              - {step_id: right, ps_type: system.probe, config: {attempt: "{attempt}"}}
              - {step_id: after, ps_type: system.probe, depends_on: [right], config: {attempt: 9}}
            """;

    static Console open(Path folder) {
        Map<String, String> settings =
                Map.of(
                        "DATABASE_URL",
                        MigratedDatabase.url(),
                        "CONVERGENCE_WORKERS",
                        "2",
                        "CONVERGENCE_TEMPLATE_DIR",
                        templates(folder.resolve("templates")));
        return new Console(RunningServer.start(folder, settings), Chromium.open());
    }

    private static String templates(Path folder) {
        try {
            Path file = folder.resolve("system/diagnostics/branches.yml");
            Files.createDirectories(file.getParent());
            Files.writeString(file, BRANCHES);
            return folder.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    House house() {
        return house;
    }

    String address() {
        return server.address().toString();
    }

    RunningServer server() {
        return server;
    }

    Caller caller(String key) {
        return Caller.tenant(server, key);
    }

    List<String> complaints() {
        return chromium.complaints();
    }

    @Override
    public void close() {
        chromium.close();
        server.close();
    }

    Page signedIn(Caller tenant) {
        return signedIn(tenant, "");
    }

    Page signedIn(Caller tenant, String address) {
        return signedIn(keyOf(tenant), address, 1440, ColorScheme.LIGHT);
    }

    Page operator(String address) {
        return signedIn(RunningServer.OPERATOR_KEY, address, 1440, ColorScheme.LIGHT);
    }

    private Page signedIn(String key, String address, int width, ColorScheme colours) {
        Page page = chromium.page(width, 900, colours);
        page.navigate(address() + "/" + (address.isEmpty() ? "" : "#" + address));
        signIn(page, key);
        return page;
    }

    static void signIn(Page page, String key) {
        page.getByLabel("API key or operator key").fill(key);
        page.getByRole(AriaRole.BUTTON, exactly("Sign in")).click();
        page.locator(".shell h1").first().waitFor();
    }

    /// What the menu beside a button copies, as curl or as CLI.
    static String copied(Page page, String button, String kind) {
        page.getByRole(AriaRole.BUTTON, exactly(button + ": copy as a command")).click();
        page.getByRole(AriaRole.BUTTON, exactly("Copy as " + kind)).click();
        Pattern said = Pattern.compile(kind + " lines? copied");
        Locator toast =
                page.locator(".toast").filter(new Locator.FilterOptions().setHasText(said)).last();
        return toast.locator("pre").textContent();
    }

    /// Waits for the page of this address, not for the one that was there before.
    void open(Page page, String address) {
        page.navigate(address() + "/#" + address);
        String path = address.replaceAll("\\?.*", "").substring(1);
        page.locator("main[data-at='" + path + "'] h1").first().waitFor();
        assertThat(page.locator("main .loading")).hasCount(0);
    }

    /// Asks axe of each page whom it would keep out, and takes pictures of it.
    void look(Caller tenant, List<String> pages) {
        String id = tenant.get("/me").get("tenant_id");
        look(signedIn(tenant), "/t/" + id + "/", "", pages);
    }

    /// The same of pages of the installation.
    void look(List<String> pages) {
        look(operator(""), "/", "all-", pages);
    }

    /// The same of the page that asks who is there.
    void lookBeforeSignIn() {
        Page page = chromium.page(1440, 900, ColorScheme.LIGHT);
        page.navigate(address() + "/");
        page.getByLabel("API key or operator key").waitFor();
        lookAt(page, "sign-in");
        page.context().close();
    }

    private void look(Page page, String root, String prefix, List<String> pages) {
        for (String path : pages) {
            open(page, root + path);
            lookAt(page, prefix + path.replaceAll("\\W.*", ""));
        }
        page.context().close();
    }

    /// All rules in one guise; in the others those that colours and widths can break.
    private static void lookAt(Page page, String name) {
        if (page.evaluate("window.axe === undefined").equals(true)) {
            violations(page);
        }
        assertWell(page, name, ALL_RULES);
        picture(page, name, 1440);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        assertWell(page, name + " dark", OF_COLOURS);
        page.setViewportSize(390, 900);
        assertWell(page, name + " narrow and dark", OF_COLOURS_AND_WIDTHS);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        assertWell(page, name + " narrow", OF_COLOURS);
        picture(page, name, 390);
        page.setViewportSize(1440, 900);
    }

    private static void assertWell(Page page, String name, List<String> rules) {
        assertThat(page.evaluate(ASK_AXE, rules)).as(name).isEqualTo(List.of());
    }

    private static void picture(Page page, String name, int width) {
        Path file = PICTURES.resolve(name + "-" + width + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
    }

    private static final List<String> ALL_RULES = List.of();
    private static final List<String> OF_COLOURS = List.of("color-contrast", "link-in-text-block");
    private static final List<String> OF_COLOURS_AND_WIDTHS =
            List.of(
                    "color-contrast",
                    "link-in-text-block",
                    "scrollable-region-focusable",
                    "target-size");

    /// Asks axe, which the first question has left in the page; and whether all is in sight.
    private static final String ASK_AXE =
            """
            async rules => {
              const asked = rules.length ? { runOnly: rules, resultTypes: ['violations'] } : { resultTypes: ['violations'] };
              const found = await axe.run(document, asked);
              const bad = found.violations.filter(rule => ['serious', 'critical'].includes(rule.impact));
              const wide = document.querySelector('main').scrollWidth > innerWidth ? ['wider than the screen'] : [];
              return [...bad.map(rule => rule.id + ' ' + rule.nodes[0].html), ...wide];
            }
            """;

    /// What axe finds that keeps people out. In one page and without what is well: half the time.
    static List<String> violations(Page page) {
        AxeRunOptions violationsOnly = new AxeRunOptions();
        violationsOnly.setResultTypes(List.of("violations"));
        return new AxeBuilder(page)
                .setLegacyMode(true).options(violationsOnly).analyze().getViolations().stream()
                        .filter(rule -> BAD.contains(rule.getImpact()))
                        .map(rule -> rule.getId() + " " + rule.getNodes().getFirst().getHtml())
                        .toList();
    }

    Path landing() {
        return server.landing();
    }

    /// All pages of a tenant, with something on most of them.
    List<String> pagesOf(Caller tenant) {
        String config = QuietServer.config(tenant, Map.of("pipeline_name", "a probe at night"));
        String run = start(tenant, Map.of("outcome", "FAILED"));
        house.ended(tenant, run);
        String group =
                tenant.post("/job-groups", Map.of("jobs", List.of(Map.of("type", "probe"))))
                        .get("group_id");
        return List.of(
                "overview",
                "pipelines",
                "pipelines/" + config,
                "runs",
                "runs/" + run,
                "pipelines/new",
                "pipelines/new?template=aws%2Fcost%2Fcost_analysis",
                "jobs?new=1",
                "jobs/" + aJobOf(tenant),
                "groups",
                "groups/" + group,
                "backfills?new=1",
                "slots",
                "costs?by=sub_account",
                "findings",
                "data",
                "queue",
                "webhooks",
                "notifications",
                "audit",
                "settings");
    }

    /// A job that has ended and left an artifact.
    String aJobOf(Caller tenant) {
        Map<String, ?> params = Map.of("echo", "something");
        String job = tenant.post("/jobs", Map.of("type", "probe", "params", params)).get("job_id");
        eventually(
                "job " + job + " ends",
                Duration.ofSeconds(30),
                () -> tenant.get("/jobs/" + job).get("state").equals("COMPLETED"));
        return job;
    }

    static String start(Caller tenant, Map<String, ?> parameters) {
        String id = tenant.get("/me").get("tenant_id");
        return tenant.post(
                        "/pipelines/run/" + id + "/system/diagnostics/probe",
                        Map.of("parameters", parameters, "max_retries", 0))
                .isOk()
                .get("run_id");
    }

    private static String keyOf(Caller tenant) {
        return tenant.headers().get(tenant.headers().indexOf("X-API-Key") + 1);
    }

    static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    static Page.GetByRoleOptions exactly(String name) {
        return named(name).setExact(true);
    }
}
