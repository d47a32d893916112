package dev.convergence.service.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.convergence.service.MigratedDatabase;
import dev.convergence.service.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

    void open(Page page, String address) {
        page.navigate(address() + "/#" + address);
        page.locator("main h1").first().waitFor();
        assertThat(page.locator("main .loading")).hasCount(0);
    }

    /// Takes a picture of each page, and asks axe whom it would keep out.
    void look(Caller tenant, List<String> pages, int width, ColorScheme colours) {
        String id = tenant.get("/me").get("tenant_id");
        look(signedIn(keyOf(tenant), "", width, colours), "/t/" + id + "/", "", pages, width);
    }

    /// The same of pages of the installation.
    void look(List<String> pages, int width, ColorScheme colours) {
        Page page = signedIn(RunningServer.OPERATOR_KEY, "", width, colours);
        look(page, "/", "all-", pages, width);
    }

    /// The same of the page that asks who is there.
    void lookBeforeSignIn(int width, ColorScheme colours) {
        Page page = chromium.page(width, 900, colours);
        page.navigate(address() + "/");
        page.getByLabel("API key or operator key").waitFor();
        picture(page, "sign-in", width);
        page.context().close();
    }

    private void look(Page page, String root, String prefix, List<String> pages, int width) {
        for (String path : pages) {
            open(page, root + path);
            picture(page, prefix + path.replaceAll("\\W.*", ""), width);
        }
        page.context().close();
    }

    private static void picture(Page page, String name, int width) {
        Path file = PICTURES.resolve(name + "-" + width + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
        assertThat(violations(page)).as(name + " " + width).isEmpty();
    }

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
