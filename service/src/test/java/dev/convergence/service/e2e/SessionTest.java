package dev.convergence.service.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.service.RunningServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
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

/// A browser signs in with a key and shows a cookie from then on.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionTest {

    private static final String TOKEN = "X-CSRF-Token";
    private static final String CONFIGS = "/scheduler/pipeline-configs";
    private static final Map<String, Object> PROBE =
            Map.of(
                    "provider", "SYSTEM",
                    "domain", "DIAGNOSTICS",
                    "template_name", "probe",
                    "schedule", "0 2 * * *");

    private @Nullable RunningServer server;
    private House house;

    @BeforeAll
    void open(@TempDir Path folder) {
        server = RunningServer.start(folder, Map.of("CONVERGENCE_WORKERS", "0"));
        house = new House(server);
    }

    @AfterAll
    void close() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void a_session_is_whoever_its_key_is_and_no_script_or_other_site_can_use_it() {
        Caller tenant = house.onboard("session_own", "STARTER");
        Answer signedIn = signIn(keyOf(tenant)).isOk();

        assertThat(signedIn.get("role")).isEqualTo("TENANT");
        assertThat(signedIn.get("tenant_id")).isEqualTo("session_own");
        assertThat(setCookie(signedIn))
                .contains("HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=3600")
                .doesNotContain("Secure", keyOf(tenant));
        Caller browser = browser(signedIn);
        assertThat(browser.get("/me").isOk().get("tenant_id")).isEqualTo("session_own");
        assertThat(browser.get("/session").isOk().get("csrf_token"))
                .isEqualTo(signedIn.get("csrf_token"));
        browser.get("/tenants/session_else").isRefused(403, "FORBIDDEN");
        browser.get("/tenants").isRefused(401, "UNAUTHORIZED");
    }

    @Test
    void behind_https_the_cookie_is_never_sent_in_the_clear() {
        Caller tenant = house.onboard("session_https", "STARTER");
        Answer signedIn =
                nobody().with("X-Forwarded-Proto", "https")
                        .post("/session", Map.of("key", keyOf(tenant)))
                        .isOk();
        assertThat(setCookie(signedIn)).contains("Secure");
    }

    @Test
    void a_change_needs_the_token_that_only_our_own_page_knows() {
        Answer signedIn = signIn(keyOf(house.onboard("session_csrf", "STARTER"))).isOk();
        Caller browser = browser(signedIn);
        String token = signedIn.get("csrf_token");

        browser.post(CONFIGS, PROBE).isRefused(403, "FORBIDDEN");
        browser.with(TOKEN, "guessed").post(CONFIGS, PROBE).isRefused(403, "FORBIDDEN");
        assertThat(browser.get(CONFIGS).isOk().list("pipelines")).isEmpty();
        browser.with(TOKEN, token).post(CONFIGS, PROBE).isOk();
    }

    @Test
    void pages_of_elsewhere_cannot_use_a_session_even_with_its_token() {
        Answer signedIn = signIn(keyOf(house.onboard("session_cross", "STARTER"))).isOk();
        Caller browser = browser(signedIn).with(TOKEN, signedIn.get("csrf_token"));

        for (Caller foreign :
                List.of(
                        browser.with("Sec-Fetch-Site", "cross-site"),
                        browser.with("Sec-Fetch-Site", "same-site"),
                        browser.with("Origin", "https://evil.example"),
                        browser.with("Origin", "null"))) {
            foreign.post(CONFIGS, PROBE).isRefused(403, "FORBIDDEN");
            foreign.get("/me").isRefused(403, "FORBIDDEN");
        }
        browser.with("Sec-Fetch-Site", "same-origin").post(CONFIGS, PROBE).isOk();
        nobody().with("Origin", "https://evil.example")
                .post("/session", Map.of("key", RunningServer.OPERATOR_KEY))
                .isRefused(403, "FORBIDDEN");
    }

    @Test
    void a_revoked_key_ends_its_session_at_once() {
        Caller tenant = house.onboard("session_revoked", "STARTER");
        Answer issued =
                tenant.post("/tenants/session_revoked/api-keys", Map.of("key_name", "browser"));
        Caller browser = browser(signIn(issued.get("api_key")).isOk());
        browser.get("/me").isOk();

        tenant.delete("/tenants/session_revoked/api-keys/" + issued.get("api_key_id")).isOk();
        browser.get("/me").isRefused(401, "INVALID_API_KEY");
        browser.get("/session").isRefused(401, "INVALID_API_KEY");
    }

    @Test
    void an_operator_looks_at_one_tenant_at_a_time() {
        house.onboard("session_seen", "STARTER");
        Answer signedIn = signIn(RunningServer.OPERATOR_KEY).isOk();
        assertThat(signedIn.get("role")).isEqualTo("OPERATOR");
        Caller operator = browser(signedIn);
        operator.get("/tenants").isOk();
        operator.get("/jobs").isRefused(401, "UNAUTHORIZED");

        Caller looking = operator.with("X-Act-For-Tenant", "session_seen");
        assertThat(looking.get("/jobs").isOk().list("jobs")).isEmpty();
        assertThat(looking.get("/me").isOk().get("tenant_id")).isEqualTo("session_seen");
        looking.get("/tenants/session_other/limits").isRefused(403, "FORBIDDEN");
        operator.with("X-Act-For-Tenant", "session_nobody")
                .get("/jobs")
                .isRefused(404, "RESOURCE_NOT_FOUND");
        operator.with("X-Act-For-Tenant", "no such id")
                .get("/jobs")
                .isRefused(400, "INVALID_TENANT_ID");
    }

    @Test
    void what_an_operator_does_for_a_tenant_is_written_down_as_an_operators() {
        Caller tenant = house.onboard("session_audited", "STARTER");
        Answer signedIn = signIn(RunningServer.OPERATOR_KEY).isOk();
        browser(signedIn)
                .with(TOKEN, signedIn.get("csrf_token"))
                .with("X-Act-For-Tenant", "session_audited")
                .post(CONFIGS, PROBE)
                .isOk();
        assertThat(tenant.get("/audit").isOk().list("entries"))
                .filteredOn(entry -> entry.path("path").asString().endsWith(CONFIGS))
                .extracting(entry -> entry.path("actor").asString())
                .containsExactly("admin");
    }

    @Test
    void a_tenants_key_acts_for_itself_alone() {
        house.onboard("session_victim", "STARTER");
        Caller tenant =
                house.onboard("session_actor", "STARTER")
                        .with("X-Act-For-Tenant", "session_victim");
        assertThat(tenant.get("/me").isOk().get("tenant_id")).isEqualTo("session_actor");
        Caller browser =
                browser(signIn(keyOf(tenant)).isOk()).with("X-Act-For-Tenant", "session_victim");
        assertThat(browser.get("/me").isOk().get("tenant_id")).isEqualTo("session_actor");
    }

    @Test
    void what_is_no_session_of_ours_opens_nothing() {
        Answer signedIn = signIn(keyOf(house.onboard("session_sealed", "STARTER"))).isOk();
        String value = cookie(signedIn);
        List<String> others =
                List.of(
                        "convergence_session=",
                        "convergence_session=x.y",
                        bent(value, value.indexOf('.') + 1),
                        bent(value, (value.indexOf('.') + value.length()) / 2),
                        bent(value, value.length() - 2));
        for (String other : others) {
            nobody().with("Cookie", other).get("/me").isRefused(401, "UNAUTHORIZED");
        }
        signIn("no_such_key").isRefused(401, "INVALID_API_KEY");
        nobody().post("/session", Map.of()).isRefused(422, "INVALID_FIELD");
    }

    /// With another character at a place whose six bits all count; the last place's may not.
    private static String bent(String value, int at) {
        char other = value.charAt(at) == 'A' ? 'B' : 'A';
        return value.substring(0, at) + other + value.substring(at + 1);
    }

    @Test
    void signing_out_takes_the_cookie_back() {
        Answer signedIn = signIn(keyOf(house.onboard("session_out", "STARTER"))).isOk();
        Answer out = browser(signedIn).delete("/session");
        assertThat(out.status()).isEqualTo(204);
        assertThat(setCookie(out)).startsWith("convergence_session=;").contains("Max-Age=0");
    }

    @Test
    void the_root_is_the_console_for_browsers_and_what_it_was_for_everybody_else()
            throws Exception {
        Answer page = root("/", "text/html,application/xhtml+xml,*/*;q=0.8");
        assertThat(page.text()).contains("console/main.js");
        assertThat(header(page, "content-security-policy"))
                .contains("default-src 'none'", "script-src 'self'")
                .doesNotContain("unsafe", "http");
        assertThat(header(page, "x-frame-options")).isEqualTo("DENY");

        assertThat(root("/", "*/*").isOk().get("docs")).isEqualTo("/docs");
        assertThat(root("/", "application/json").isOk().get("docs")).isEqualTo("/docs");
        root("/console/nothing.js", "*/*").isRefused(404, "RESOURCE_NOT_FOUND");
        root("/console/../index.html", "*/*").isRefused(400, "INVALID_PARAMETER");
        root("/nowhere", "text/html").isRefused(404, "RESOURCE_NOT_FOUND");
        Answer script = root("/console/main.js", "*/*");
        assertThat(header(script, "content-type")).startsWith("text/javascript");
        assertThat(header(script, "cache-control")).isEqualTo("no-cache");
    }

    private Answer root(String path, String accepted) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI address = URI.create(nobody().server() + path);
            HttpRequest request =
                    HttpRequest.newBuilder(address).header("Accept", accepted).build();
            return new Answer(http.send(request, BodyHandlers.ofByteArray()));
        }
    }

    private static String header(Answer answer, String name) {
        return answer.response().headers().firstValue(name).orElse("");
    }

    private Answer signIn(String key) {
        return nobody().post("/session", Map.of("key", key));
    }

    private Caller nobody() {
        return Caller.nobody(Objects.requireNonNull(server));
    }

    private Caller browser(Answer signedIn) {
        return nobody().with("Cookie", cookie(signedIn));
    }

    private static String cookie(Answer signedIn) {
        return setCookie(signedIn).replaceFirst(";.*", "");
    }

    private static String setCookie(Answer answer) {
        return answer.response().headers().firstValue("set-cookie").orElse("");
    }

    private static String keyOf(Caller tenant) {
        return tenant.headers().get(tenant.headers().indexOf("X-API-Key") + 1);
    }
}
