package dev.convergence.service.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.step.DateWindow;
import dev.convergence.service.RunningServer;
import dev.convergence.steps.sample.SampleBills;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Costs, findings and quality read back over HTTP, against the files that were loaded.
class CostsTest {

    private static final String HEADER =
            "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingAccountId,BillingCurrency,"
                    + "BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,"
                    + "ChargeCategory,ProviderName,ServiceName,RegionId,SubAccountId,Tags\n";

    /// A key with everything that means something to JSON, SQL or a path, as a cell of CSV has it.
    private static final String ODD_TAG = ",\"\"it's \\\"\"ü\\\"\"/~ $.x*\"\":\"\"odd\"\"";

    private static final JsonMapper EXACT =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    @TempDir private static Path folder;
    private static RunningServer server;
    private static Caller tenant;
    private static Caller other;
    private static Caller google;
    private static Path googleBill;

    @BeforeAll
    static void load_bills() throws IOException {
        server = RunningServer.start(folder, Map.of("CONVERGENCE_WORKERS", "1"));
        House house = new House(server);
        tenant = house.onboard("cost_reader", "PROFESSIONAL");
        other = house.onboard("cost_other", "PROFESSIONAL");
        google = house.onboard("cost_google", "PROFESSIONAL");
        Path zone = Files.createDirectories(server.landing().resolve("cost_reader"));
        Files.writeString(
                zone.resolve("bill.csv"),
                HEADER
                        + line("0.00000000000000000001", "one", "USD", "2026-10-01", "Compute", "a")
                        + line("10.5", "one", "USD", "2026-10-02", "Compute", "b")
                        + line("-2.25", "one", "USD", "2026-10-02", "Storage", "a")
                        + line("7", "two", "EUR", "2026-10-10", "Storage", "a/b"));
        run(house, tenant, "cost_reader/focus/cost/import", "bill.csv");
        Path googleZone = Files.createDirectories(server.landing().resolve("cost_google"));
        googleBill =
                new SampleBills()
                        .write(
                                "gcp_billing",
                                new TenantId("cost_google"),
                                new DateWindow(
                                        LocalDate.of(2026, 10, 1), LocalDate.of(2026, 10, 5), true),
                                Map.of(),
                                googleZone)
                        .getFirst();
        run(
                house,
                google,
                "cost_google/gcp/cost/cost_billing",
                googleBill.getFileName().toString());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void totals_are_exact_and_of_one_currency_each() {
        JsonNode totals = tenant.get("/tenants/cost_reader/costs/summary").isOk().field("totals");
        assertThat(totals.size()).isEqualTo(2);
        assertThat(totals.path(0).path("currency").asString()).isEqualTo("EUR");
        assertThat(totals.path(0).path("billed_cost").asString()).isEqualTo("7");
        assertThat(totals.path(1).path("billed_cost").asString())
                .isEqualTo("8.25000000000000000001");
        assertThat(totals.path(1).path("first_day").asString()).isEqualTo("2026-10-01");
        assertThat(totals.path(1).path("last_day").asString()).isEqualTo("2026-10-02");
    }

    @Test
    void both_ends_of_a_window_belong_to_it() {
        List<JsonNode> totals =
                tenant.get(
                                "/customers/cost_reader/costs/summary?start_date=2026-10-02&end_date=2026-10-02")
                        .isOk()
                        .list("totals");
        assertThat(totals).hasSize(1);
        assertThat(totals.getFirst().path("billed_cost").asString()).isEqualTo("8.25");
        assertThat(totals.getFirst().path("rows").asInt()).isEqualTo(2);
    }

    @Test
    void a_trend_has_a_point_for_each_day_or_month_and_currency() {
        assertThat(tenant.get("/tenants/cost_reader/costs/trend").isOk().list("points"))
                .extracting(point -> point.path("date").asString())
                .containsExactly("2026-10-01", "2026-10-02", "2026-10-10");
        assertThat(
                        tenant.get("/tenants/cost_reader/costs/trend?granularity=month")
                                .isOk()
                                .list("points"))
                .extracting(point -> point.path("billed_cost").asString())
                .containsExactly("7", "8.25000000000000000001");
    }

    @Test
    void dimensions_tell_costs_apart_page_by_page() {
        assertThat(keys("service", ""))
                .containsExactly("Compute USD", "Storage EUR", "Storage USD");
        assertThat(keys("tag", "&tag_key=team")).containsExactly("b USD", "a/b EUR", "a USD");
        assertThat(keys("sub_account", "")).hasSize(2);
        assertThat(keys("region", "")).hasSize(2);
        assertThat(keys("provider", "")).containsExactly("aws USD", "aws EUR");
    }

    @Test
    void a_forecast_goes_on_as_the_window_went() {
        JsonNode answer =
                tenant.get(
                                "/tenants/cost_reader/costs/forecast?start_date=2026-10-01&end_date=2026-10-10")
                        .isOk()
                        .json();
        assertThat(answer.path("month").asString()).isEqualTo("2026-10-01");
        JsonNode euro = answer.path("forecasts").path(0);
        assertThat(euro.path("daily_cost").asString()).isEqualTo("0.7");
        assertThat(euro.path("days_left").asInt()).isEqualTo(21);
        assertThat(euro.path("forecast_cost").asString()).isEqualTo("21.7");
    }

    @Test
    void sums_by_service_are_those_of_googles_file() throws IOException {
        Map<String, BigDecimal> file = new TreeMap<>();
        for (String line : Files.readAllLines(googleBill)) {
            JsonNode charge = EXACT.readTree(line);
            BigDecimal cost = charge.path("cost").decimalValue();
            for (JsonNode credit : charge.path("credits")) {
                cost = cost.add(credit.path("amount").decimalValue());
            }
            file.merge(
                    charge.path("service").path("description").asString(), cost, BigDecimal::add);
        }
        Map<String, BigDecimal> read = new TreeMap<>();
        google.get("/tenants/cost_google/costs/by/service?limit=200")
                .isOk()
                .list("costs")
                .forEach(one ->
                        read.put(
                                one.path("key").asString(),
                                new BigDecimal(one.path("billed_cost").asString())));
        assertThat(read.keySet()).isEqualTo(file.keySet());
        file.forEach((service, cost) ->
                assertThat(read.get(service)).as(service).isEqualByComparingTo(cost));
    }

    @Test
    void quality_is_shown_by_run_and_by_rule() {
        List<JsonNode> runs =
                google.get("/tenants/cost_google/data-quality").isOk().list("results");
        assertThat(runs)
                .extracting(result -> result.path("suite").asString())
                .contains("billing_cost_daily", "focus_cost_usage");
        Set<String> broken = new HashSet<>();
        runs.forEach(run -> run.path("failed_rules").forEach(rule -> broken.add(rule.asString())));
        assertThat(
                        google.get("/tenants/cost_google/data-quality?by=rule&limit=200")
                                .isOk()
                                .list("results"))
                .extracting(result -> result.path("rule").asString())
                .containsAll(broken);
    }

    @Test
    void a_data_set_without_loads_has_nothing_to_show() {
        assertThat(other.get("/tenants/cost_other/costs/summary").isOk().list("totals")).isEmpty();
        assertThat(other.get("/tenants/cost_other/costs/by/tag?tag_key=x").isOk().list("costs"))
                .isEmpty();
        assertThat(other.get("/tenants/cost_other/costs/forecast").isOk().list("forecasts"))
                .isEmpty();
        assertThat(other.get("/tenants/cost_other/findings?severity=high").isOk().list("findings"))
                .isEmpty();
        assertThat(other.get("/tenants/cost_other/data-quality").isOk().list("results")).isEmpty();
    }

    @Test
    void what_makes_no_sense_is_refused_with_its_field() {
        refused("/costs/summary?start_date=tomorrow", "start_date");
        refused("/costs/trend?start_date=2026-10-02&end_date=2026-10-01", "end_date");
        refused("/costs/trend?granularity=hour", "granularity");
        refused("/costs/by/colour", "dimension");
        refused("/costs/by/tag", "tag_key");
        refused("/costs/by/service?tag_key=team", "tag_key");
        refused("/costs/by/service?limit=201", "limit");
        refused("/findings?severity=awful", "severity");
        refused("/findings?state=lost", "state");
        refused("/findings?provider=nobody", "provider");
        refused("/data-quality?by=moon", "by");
    }

    @Test
    void a_tag_may_have_any_name() {
        for (String key :
                List.of("it's \"quoted\"", "Kostenstelle ü 😀", "a/b~c", "0", "$.x", "*")) {
            List<JsonNode> costs =
                    other.get("/tenants/cost_other/costs/by/tag?tag_key=" + encoded(key))
                            .isOk()
                            .list("costs");
            assertThat(costs).isEmpty();
        }
        assertThat(
                        tenant.get(
                                        "/tenants/cost_reader/costs/by/tag?tag_key="
                                                + encoded("it's \"ü\"/~ $.x*"))
                                .isOk()
                                .list("costs"))
                .extracting(one -> one.path("key").asString("null"))
                .containsExactlyInAnyOrder("odd", "null", "null");
        assertThat(tenant.get("/tenants/cost_reader/costs/by/tag?tag_key=a%00b").status())
                .isEqualTo(400);
        refused("/costs/by/tag?tag_key=" + "x".repeat(257), "tag_key");
    }

    @Test
    void a_month_without_charges_has_nothing_and_days_that_cannot_be_are_refused() {
        String window = "?start_date=2030-02-01&end_date=2030-02-28";
        assertThat(tenant.get("/tenants/cost_reader/costs/summary" + window).isOk().list("totals"))
                .isEmpty();
        assertThat(tenant.get("/tenants/cost_reader/costs/trend" + window).isOk().list("points"))
                .isEmpty();
        assertThat(
                        tenant.get("/tenants/cost_reader/costs/by/tag" + window + "&tag_key=team")
                                .isOk()
                                .list("costs"))
                .isEmpty();
        assertThat(
                        tenant.get("/tenants/cost_reader/costs/forecast" + window)
                                .isOk()
                                .list("forecasts"))
                .isEmpty();
        refused("/costs/summary?start_date=2026-02-30", "start_date");
        refused("/costs/summary?end_date=9999-12-31", "end_date");
        refused("/costs/forecast?start_date=0001-01-01", "start_date");
        refused("/costs/trend?end_date=20261001", "end_date");
    }

    @Test
    void nobody_reads_anothers_costs() {
        for (String route :
                List.of(
                        "costs/summary",
                        "costs/trend",
                        "costs/by/service",
                        "costs/forecast",
                        "findings",
                        "data-quality")) {
            assertThat(other.get("/tenants/cost_reader/" + route).status()).isEqualTo(403);
        }
    }

    @Test
    void words_of_a_caller_stay_words() {
        tenant.get("/tenants/cost_reader/costs/by/tag?tag_key=x%27%29%20OR%20%281%3D1").isOk();
    }

    private static void refused(String route, String field) {
        Answer answer = tenant.get("/tenants/cost_reader" + route);
        assertThat(answer.status()).as(route + answer.text()).isEqualTo(422);
        assertThat(answer.field("errors").path(0).path("field").asString()).isEqualTo(field);
    }

    /// All pages of one row each.
    private static List<String> keys(String dimension, String more) {
        List<String> keys = new java.util.ArrayList<>();
        String cursor = "";
        do {
            Answer page =
                    tenant.get(
                                    "/tenants/cost_reader/costs/by/"
                                            + dimension
                                            + "?limit=1"
                                            + more
                                            + cursor)
                            .isOk();
            JsonNode one = page.field("costs").path(0);
            keys.add(one.path("key").asString() + " " + one.path("currency").asString());
            cursor = page.field("next_cursor").isNull() ? "" : "&cursor=" + page.get("next_cursor");
        } while (!cursor.isEmpty());
        return keys;
    }

    private static void run(House house, Caller caller, String path, String file) {
        JsonNode run = house.run(caller, path, Map.of("source", "landing", "file", file));
        assertThat(run.path("state").asString()).as(run.toString()).isEqualTo("COMPLETED");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String line(
            String cost, String account, String currency, String day, String service, String team) {
        return "%1$s,%1$s,%1$s,%1$s,%2$s,%3$s,2026-10-01,2026-11-01,%4$sT00:00:00Z,%4$sT01:00:00Z,Usage,AWS,%5$s,r-%2$s,sub-%2$s,\"{\"\"team\"\":\"\"%6$s\"\"%7$s}\"%n"
                .formatted(
                        cost,
                        account,
                        currency,
                        day,
                        service,
                        team,
                        team.equals("b") ? ODD_TAG : "");
    }
}
