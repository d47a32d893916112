package dev.convergence.service.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.convergence.service.e2e.Console.exactly;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Whatever tenants, their bills and the server itself say, the console shows it as text.
interface ConsoleTexts {

    Console console();

    /// Each field holds a script that names it, so a page tells which of them it shows.
    @Test
    default void what_tenants_store_shows_as_text() throws IOException {
        Caller tenant = console().house().onboard("console_text", "PROFESSIONAL");
        Map<String, List<String>> fieldsOf = new LinkedHashMap<>();
        putIn(tenant, fieldsOf);
        load(tenant, fieldsOf);

        Page page = console().signedIn(tenant);
        fieldsOf.forEach((path, fields) -> {
            console().open(page, "/t/console_text/" + path);
            page.evaluate(
                    "document.querySelectorAll('main details').forEach(one => one.open = true)");
            assertTexts(page, fields);
        });
        console().open(page, "/t/console_text/data?sql=SELECT ServiceName FROM focus_cost_usage");
        page.getByRole(AriaRole.BUTTON, exactly("Ask")).click();
        assertThat(page.getByRole(AriaRole.REGION, exactly("Answer")))
                .containsText(script("service"));
        assertTexts(page, List.of());
        page.context().close();

        Page operator = console().operator("");
        for (String path : List.of("/tenants", "/audit?tenant_id=console_text")) {
            console().open(operator, path);
            assertThat(operator.locator("main")).containsText("console_text");
            operator.evaluate(
                    "document.querySelectorAll('.entry').forEach(one => one.open = true)");
            assertTexts(operator, List.of("company"));
        }
        operator.context().close();
    }

    /// The server's answers with a script behind every name, address and sentence in them.
    @Test
    default void answers_full_of_tags_show_as_text_on_every_page() {
        Caller tenant = console().house().onboard("console_tags", "PROFESSIONAL");
        List<String> pages = console().pagesOf(tenant);
        Page page = console().signedIn(tenant);
        page.addInitScript(HARMFUL);
        page.reload();
        for (String path : pages) {
            console().open(page, "/t/console_tags/" + path);
            assertTexts(page, List.of());
        }
        console().open(page, "/t/console_tags/jobs/" + console().aJobOf(tenant));
        Locator artifacts = page.locator(".card").filter(hasHeading("Artifacts"));
        assertThat(artifacts).containsText("</script>");
        page.context().close();
    }

    private static Locator.FilterOptions hasHeading(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }

    private static void assertTexts(Page page, List<String> fields) {
        for (String field : fields) {
            assertThat(page.locator("main")).containsText(script(field));
        }
        assertThat(page.evaluate("window.harmed ?? null")).as(page.url()).isNull();
        assertThat(page.locator("#console script, #console img[onerror]")).hasCount(0);
    }

    private static String script(String field) {
        return "<script>window.harmed='" + field + "'</script><img src=x onerror='harmed=1'>";
    }

    private void putIn(Caller tenant, Map<String, List<String>> fieldsOf) {
        String config =
                QuietServer.config(
                        tenant,
                        Map.of(
                                "pipeline_name", script("name"),
                                "description", script("description"),
                                "parameters", Map.of("echo", script("parameter"))));
        fieldsOf.put("pipelines", List.of("name"));
        fieldsOf.put("pipelines/" + config, List.of("name", "description", "parameter"));
        fieldsOf.put("backfills?new=1", List.of("name"));
        fieldsOf.put("slots", List.of("name"));
        String job =
                tenant.post(
                                "/jobs",
                                Map.of("type", "probe", "params", Map.of("echo", script("job"))))
                        .get("job_id");
        fieldsOf.put("jobs/" + job, List.of("job"));
        String group =
                tenant.post(
                                "/job-groups",
                                Map.of(
                                        "name",
                                        script("group"),
                                        "jobs",
                                        List.of(Map.of("type", "probe"))))
                        .get("group_id");
        fieldsOf.put("groups", List.of("group"));
        fieldsOf.put("groups/" + group, List.of("group"));
        String run = Console.start(tenant, Map.of("outcome", "FAILED", "error", script("error")));
        console().house().ended(tenant, run);
        fieldsOf.put("runs/" + run, List.of("error"));
        fieldsOf.put("overview", List.of("error"));
        fieldsOf.put("jobs", List.of("error"));
        account(tenant, fieldsOf);
        telling(tenant, fieldsOf);
        fieldsOf.put("audit", List.of("name", "channel", "endpoint", "company"));
    }

    private static void account(Caller tenant, Map<String, List<String>> fieldsOf) {
        String base = "/tenants/console_text";
        tenant.put(base, Map.of("company_name", script("company"))).isOk();
        tenant.post(base + "/api-keys", Map.of("key_name", script("key"))).isOk();
        tenant.post(
                        base + "/credentials",
                        Map.of(
                                "provider", "OPENAI",
                                "credential_name", script("credential"),
                                "credentials", Map.of("api_key", "sk-admin-0123456789abcdef")))
                .isOk();
        fieldsOf.put("settings", List.of("company", "key", "credential"));
    }

    private static void telling(Caller tenant, Map<String, List<String>> fieldsOf) {
        tenant.post(
                        "/webhooks/endpoints",
                        Map.of(
                                "url", "https://hooks.example.com/hook?a=%3Cscript%3E",
                                "events", List.of("quota.*"),
                                "description", script("endpoint")))
                .get("endpoint_id");
        fieldsOf.put("webhooks", List.of("endpoint"));
        String base = "/tenants/console_text/notifications";
        String channel =
                tenant.post(base + "/channels", Map.of("type", "LOG", "name", script("channel")))
                        .get("channel_id");
        tenant.post(
                        base + "/rules",
                        Map.of(
                                "name", script("rule"),
                                "events", List.of("job_failure"),
                                "channel_ids", List.of(channel)))
                .get("rule_id");
        tenant.post(base + "/channels/" + channel + "/test", Map.of());
        fieldsOf.put("notifications", List.of("channel", "rule"));
    }

    /// A bill and findings as somebody else's cloud might write them.
    private void load(Caller tenant, Map<String, List<String>> fieldsOf) throws IOException {
        Path zone = console().landing().resolve("console_text");
        Files.createDirectories(zone.resolve("focus/cost"));
        Files.writeString(zone.resolve("focus/cost/bill.csv"), bill());
        Files.createDirectories(zone.resolve("aws/security"));
        Files.writeString(zone.resolve("aws/security/findings.jsonl"), finding());
        for (String template : List.of("focus/cost/import", "aws/security/security_audit")) {
            String state =
                    console()
                            .house()
                            .run(tenant, "console_text/" + template, Map.of("source", "landing"))
                            .path("state")
                            .asString();
            assertThat(state).as(template).isEqualTo("COMPLETED");
        }
        fieldsOf.put("findings", List.of("title", "rule", "resource", "account", "said"));
        fieldsOf.put("costs", List.of("service"));
        fieldsOf.put("costs?by=sub_account", List.of("account"));
        fieldsOf.put("costs?by=region", List.of("region"));
        fieldsOf.put("costs?by=tag&tag_key=team", List.of("tag"));
    }

    private static String bill() {
        return """
        BilledCost,EffectiveCost,ListCost,ContractedCost,BillingAccountId,BillingCurrency,\
        BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,\
        ChargeFrequency,ProviderName,PublisherName,InvoiceIssuerName,ServiceCategory,ServiceName,\
        SubAccountId,RegionId,Tags
        1,1,1,1,b,USD,2026-11-01 00:00:00,2026-12-01 00:00:00,2026-11-20 00:00:00,\
        2026-11-21 00:00:00,Usage,Usage-Based,p,p,p,Compute,%s,%s,%s,%s
        """
                .formatted(
                        cell(script("service")),
                        cell(script("account")),
                        cell(script("region")),
                        cell("{\"team\": \"" + script("tag") + "\"}"));
    }

    private static String cell(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    private static String finding() {
        return """
        {"Id":"one","AwsAccountId":"%s","Region":"eu-west-1","GeneratorId":"%s","Title":"%s",\
        "Description":"%s","UpdatedAt":"2026-11-20T10:00:00Z","RecordState":"ACTIVE",\
        "Severity":{"Label":"HIGH"},"Resources":[{"Id":"%s","Type":"AwsS3Bucket"}]}
        """
                .formatted(
                        script("account"),
                        script("rule"),
                        script("title"),
                        script("said"),
                        script("resource"));
    }

    /// Ids, times, states and amounts stay, so that the pages still find what they ask for.
    String HARMFUL =
            """
            (() => {
              const real = window.fetch;
              const kept = /(^at|_id|_at|_time|_times|_date|date|_day|_cost|cursor|state|status|role|timezone|token|cron|^id)$/;
              const harm = (value, name) => typeof value === 'string' ? (kept.test(name) ? value : value + '<script>harmed = 1</script>')
                : Array.isArray(value) ? value.map(one => harm(one, name))
                : value && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, harm(one, key)])) : value;
              window.fetch = async (address, options) => {
                const answer = await real(address, options);
                const isJson = (answer.headers.get('content-type') || '').includes('json');
                if (!isJson || !String(address).includes('/api/v1/') || String(address).includes('/session')) return answer;
                return new Response(JSON.stringify(harm(await answer.json(), '')), { status: answer.status, headers: { 'content-type': 'application/json' } });
              };
            })()
            """;
}
