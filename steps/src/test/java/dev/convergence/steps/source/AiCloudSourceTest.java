package dev.convergence.steps.source;

import static dev.convergence.steps.LoadFixture.assertDone;
import static dev.convergence.steps.LoadFixture.failure;
import static dev.convergence.steps.source.VendorPages.claudeCost;
import static dev.convergence.steps.source.VendorPages.claudePage;
import static dev.convergence.steps.source.VendorPages.cost;
import static dev.convergence.steps.source.VendorPages.openAiPage;
import static dev.convergence.steps.source.VendorPages.usagePage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.convergence.engine.step.CancelledException;
import dev.convergence.engine.step.StepOutcome;
import dev.convergence.steps.LoadFixture;
import dev.convergence.steps.LoadFixture.Bill;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The reports of OpenAI and Anthropic, from servers that speak their protocols: bearer and API
/// key, buckets, pages, cents, 429.
class AiCloudSourceTest {

    @TempDir Path directory;
    private LoadFixture fixture;
    private FakeVendor vendor;
    private List<String> asked = List.of();

    @BeforeEach
    void set_up() throws IOException {
        vendor = new FakeVendor();
        asked = vendor.asked;
        fixture = onNode();
    }

    private LoadFixture onNode() {
        return new LoadFixture(directory, vendor.base("/v1"), vendor.base(""));
    }

    @AfterEach
    void stop() {
        vendor.close();
    }

    @Test
    void openais_costs_are_followed_over_pages_and_amounts_are_numbers_or_texts() throws Exception {
        say(
                "/v1/organization/costs",
                200,
                openAiPage(true, "p2", cost("0.06", "\"gpt-x, input\"", "proj_1")));
        say(
                "/v1/organization/costs?page=p2",
                200,
                openAiPage(
                        false,
                        null,
                        cost("\"1.00000000000000000001\"", "\"gpt-x, output\"", "proj_1"),
                        cost("-0.5", "null", "null")));
        say("/v1/organization/usage/completions", 200, usagePage());
        assertDone(load(Bill.OPENAI));

        assertThat(asked)
                .containsExactly(
                        "/v1/organization/costs?start_time=1794268800&end_time=1794355200&bucket_width=1d&limit=180&group_by[]=project_id&group_by[]=line_item Bearer sk-admin",
                        "/v1/organization/costs?start_time=1794268800&end_time=1794355200&bucket_width=1d&limit=180&group_by[]=project_id&group_by[]=line_item&page=p2 Bearer sk-admin",
                        "/v1/organization/usage/completions?start_time=1794268800&end_time=1794355200&bucket_width=1d&limit=31&group_by[]=project_id&group_by[]=model Bearer sk-admin");
        assertThat(
                        fixture.rows(
                                "SELECT ChargeDescription, BilledCost::VARCHAR, ChargeCategory, ConsumedQuantity::BIGINT,"
                                        + " PricingQuantity::DECIMAL(9,6), SkuId, SkuMeter, SubAccountId, BillingAccountId,"
                                        + " SkuPriceDetails->>'TokenDirection' FROM focus_cost_usage ORDER BY BilledCost"))
                .isEqualTo(
                        List.of(
                                List.of(
                                        "tokens",
                                        "-0.50000000000000000000",
                                        "Credit",
                                        "null",
                                        "null",
                                        "null",
                                        "null",
                                        "default",
                                        "org-1",
                                        "null"),
                                List.of(
                                        "gpt-x, input",
                                        "0.06000000000000000000",
                                        "Usage",
                                        "700",
                                        "0.000700",
                                        "gpt-x-input",
                                        "Input Tokens",
                                        "proj_1",
                                        "org-1",
                                        "Input"),
                                List.of(
                                        "gpt-x, output",
                                        "1.00000000000000000001",
                                        "Usage",
                                        "50",
                                        "0.000050",
                                        "gpt-x-output",
                                        "Output Tokens",
                                        "proj_1",
                                        "org-1",
                                        "Output")));
        assertThat(
                        fixture.rows(
                                "SELECT kind, count(*), sum(output_tokens), sum(requests) FROM ai_usage_daily GROUP BY 1 ORDER BY 1"))
                .isEqualTo(
                        List.of(
                                List.of("cost", "3", "null", "null"),
                                List.of("usage", "1", "50", "3")));
    }

    @Test
    void anthropics_amounts_are_cents_and_its_tokens_come_from_the_usage_report() throws Exception {
        say(
                "/v1/organizations/cost_report",
                200,
                claudePage(
                        claudeCost("123.45", "uncached_input_tokens"),
                        claudeCost(
                                "0.00000000000000000001",
                                "cache_creation.ephemeral_5m_input_tokens")));
        say(
                "/v1/organizations/usage_report/messages",
                200,
                claudePage(
                        """
                        {"uncached_input_tokens":1500,"cache_creation":{"ephemeral_1h_input_tokens":10,"ephemeral_5m_input_tokens":20},\
                        "cache_read_input_tokens":200,"output_tokens":500,"server_tool_use":{"web_search_requests":1},"workspace_id":"w1","model":"claude-x","service_tier":"standard"}
                        """));
        assertDone(load(Bill.CLAUDE));

        assertThat(asked.getFirst())
                .isEqualTo(
                        "/v1/organizations/cost_report?starting_at=2026-11-10T00:00:00Z&ending_at=2026-11-11T00:00:00Z&bucket_width=1d&limit=31&group_by[]=workspace_id&group_by[]=description key sk-admin 2023-06-01");
        assertThat(
                        fixture.rows(
                                "SELECT BilledCost::VARCHAR, ConsumedQuantity::INT, SkuMeter, SkuPriceDetails->>'TokenCacheAction', x_provider"
                                        + " FROM focus_cost_usage ORDER BY BilledCost"))
                .isEqualTo(
                        List.of(
                                List.of(
                                        "0.00000000000000000000",
                                        "20",
                                        "Cache Write Tokens",
                                        "Write",
                                        "claude"),
                                List.of(
                                        "1.23450000000000000000",
                                        "1500",
                                        "Input Tokens",
                                        "null",
                                        "claude")));
        assertThat(
                        fixture.rows(
                                "SELECT cost::VARCHAR FROM ai_usage_daily WHERE kind = 'cost' ORDER BY 1 DESC"))
                .isEqualTo(
                        List.of(
                                List.of("1.23450000000000000000"),
                                List.of("0.00000000000000000000")));
    }

    @Test
    void a_vendor_that_is_asked_too_often_is_waited_for_as_it_says() throws Exception {
        vendor.answers.put(
                "/v1/organization/costs",
                new ArrayList<>(
                        List.of(
                                new FakeVendor.Answer(429, Map.of("Retry-After", "7"), "{}"),
                                new FakeVendor.Answer(503, Map.of(), "{}"),
                                new FakeVendor.Answer(
                                        200,
                                        Map.of(),
                                        openAiPage(false, null, cost("1", "null", "null"))))));
        say("/v1/organization/usage/completions", 404, "{}");
        assertDone(load(Bill.OPENAI));
        assertThat(fixture.pauses).containsExactly(7L, 1L);
        assertThat(fixture.log).contains("Waits 7 s, as 127.0.0.1 asks.");
        assertThat(fixture.number("SELECT sum(BilledCost) FROM focus_cost_usage"))
                .isEqualByComparingTo("1");
    }

    @Test
    void a_wait_that_is_too_long_fails_the_run_and_the_next_one_goes_on_behind_the_last_page()
            throws Exception {
        say("/v1/organization/costs", 200, openAiPage(true, "p2", cost("1", "null", "null")));
        say("/v1/organization/costs?page=p2", 429, "{}", Map.of("Retry-After", "3600"));
        say("/v1/organization/usage/completions", 404, "{}");
        StepOutcome first = load(Bill.OPENAI);
        assertThat(failure(first)).contains("asks to wait 3600 seconds").contains("is kept");
        assertThat(((StepOutcome.Failed) first).retryable()).isTrue();

        asked.clear();
        say(
                "/v1/organization/costs?page=p2",
                200,
                openAiPage(false, null, cost("2", "null", "null")));
        assertDone(load(Bill.OPENAI));
        assertThat(asked.getFirst()).contains("&page=p2");
        assertThat(fixture.number("SELECT sum(BilledCost) FROM focus_cost_usage"))
                .isEqualByComparingTo("3");
        try (var left = Files.walk(directory.resolve("checkpoints"))) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void a_run_on_another_node_goes_on_behind_the_last_page() throws Exception {
        say("/v1/organization/costs", 200, openAiPage(true, "p2", cost("1", "null", "null")));
        say("/v1/organization/costs?page=p2", 503, "{}");
        say("/v1/organization/usage/completions", 404, "{}");
        assertThat(failure(load(Bill.OPENAI))).contains("is kept");

        asked.clear();
        say(
                "/v1/organization/costs?page=p2",
                200,
                openAiPage(false, null, cost("2", "null", "null")));
        fixture = onNode();
        assertDone(load(Bill.OPENAI));
        assertThat(asked.getFirst()).contains("&page=p2");
        assertThat(fixture.number("SELECT sum(BilledCost) FROM focus_cost_usage"))
                .isEqualByComparingTo("3");
    }

    @Test
    void an_attempt_that_was_overtaken_leaves_no_page() throws Exception {
        say("/v1/organization/costs", 200, openAiPage(true, "p2", cost("1", "null", "null")));
        fixture.confirm =
                () -> {
                    throw new CancelledException("overtaken");
                };
        assertThatThrownBy(() -> load(Bill.OPENAI)).isInstanceOf(CancelledException.class);
        try (var left = Files.walk(directory.resolve("checkpoints"))) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("page-"));
        }
    }

    /// What the load before said of those days is no longer so.
    @Test
    void what_a_vendor_takes_back_whole_is_gone() throws Exception {
        say("/v1/organization/costs", 200, openAiPage(false, null, cost("0.06", "\"m\"", "p")));
        say("/v1/organization/usage/completions", 200, usagePage());
        assertDone(load(Bill.OPENAI));

        say("/v1/organization/usage/completions", 200, openAiPage(false, null));
        assertDone(load(Bill.OPENAI));
        assertThat(fixture.rows("SELECT kind, count(*) FROM ai_usage_daily GROUP BY 1"))
                .isEqualTo(List.of(List.of("cost", "1")));

        say("/v1/organization/costs", 200, openAiPage(false, null));
        assertDone(load(Bill.OPENAI));
        assertThat(fixture.number("SELECT count(*) FROM ai_usage_daily")).isZero();
        assertThat(fixture.number("SELECT count(*) FROM focus_cost_usage")).isZero();
    }

    @Test
    void a_vendor_without_a_report_of_usage_takes_none_back() throws Exception {
        say("/v1/organization/costs", 200, openAiPage(false, null, cost("0.06", "\"m\"", "p")));
        say("/v1/organization/usage/completions", 200, usagePage());
        assertDone(load(Bill.OPENAI));

        say("/v1/organization/usage/completions", 404, "{}");
        assertDone(load(Bill.OPENAI));
        assertThat(fixture.number("SELECT count(*) FROM ai_usage_daily")).isEqualByComparingTo("2");
    }

    @Test
    void usage_by_hours_is_asked_in_hours_and_costs_in_days() throws Exception {
        say(
                "/v1/organization/costs",
                200,
                openAiPage(false, null, cost("0.06", "\"gpt-x, input\"", "proj_1")));
        say(
                "/v1/organization/usage/completions",
                200,
                """
                {"object":"page","data":[%s,%s],"has_more":false,"next_page":null}
                """
                        .formatted(hour(1794268800L, 300), hour(1794272400L, 400)));
        assertDone(load(Bill.OPENAI, Map.of("source", "cloud", "granularity", "hour")));
        assertThat(asked.getFirst()).contains("/costs?").contains("bucket_width=1d&limit=180");
        assertThat(asked.getLast())
                .contains("/usage/completions?")
                .contains("bucket_width=1h&limit=168");
        assertThat(
                        fixture.rows(
                                "SELECT bucket_start::VARCHAR, bucket_end::VARCHAR, usage_date::VARCHAR, input_tokens"
                                        + " FROM ai_usage_daily WHERE kind = 'usage' ORDER BY 1"))
                .isEqualTo(
                        List.of(
                                List.of(
                                        "2026-11-10 00:00:00",
                                        "2026-11-10 01:00:00",
                                        "2026-11-10",
                                        "300"),
                                List.of(
                                        "2026-11-10 01:00:00",
                                        "2026-11-10 02:00:00",
                                        "2026-11-10",
                                        "400")));
        assertThat(
                        fixture.rows(
                                "SELECT ConsumedQuantity::INT, BilledCost::DECIMAL(9,2) FROM focus_cost_usage"))
                .isEqualTo(List.of(List.of("700", "0.06")));

        say("/v1/organization/usage/completions", 200, usagePage());
        assertDone(load(Bill.OPENAI));
        assertThat(
                        fixture.rows(
                                "SELECT count(*), sum(input_tokens) FROM ai_usage_daily WHERE kind = 'usage'"))
                .isEqualTo(List.of(List.of("1", "700")));
    }

    @Test
    void anthropics_usage_by_hours_is_asked_in_hours_too() throws Exception {
        say("/v1/organizations/cost_report", 200, claudePage());
        say("/v1/organizations/usage_report/messages", 200, claudePage());
        assertDone(load(Bill.CLAUDE, Map.of("source", "cloud", "granularity", "HOUR")));
        assertThat(asked.getFirst()).contains("bucket_width=1d&limit=31");
        assertThat(asked.getLast()).contains("bucket_width=1h&limit=168");
    }

    @Test
    void pages_in_a_circle_are_refused() throws Exception {
        say("/v1/organization/costs", 200, openAiPage(true, "p2", cost("1", "null", "null")));
        say(
                "/v1/organization/costs?page=p2",
                200,
                openAiPage(true, "p2", cost("1", "null", "null")));
        assertThat(failure(load(Bill.OPENAI))).contains("leads to the same page twice");
    }

    @Test
    void a_refused_key_and_a_missing_one_are_told_apart() throws Exception {
        say("/v1/organization/costs", 401, "{}");
        assertThat(failure(load(Bill.OPENAI)))
                .contains("is refused with the status 401")
                .doesNotContain("sk-admin");
        fixture.credential = Map.of();
        try (var run =
                fixture.run(
                        Bill.OPENAI,
                        Map.of("source", "cloud"),
                        LoadFixture.days("2026-11-10", "2026-11-10"))) {
            assertThat(failure(run.step("source.extract", Bill.OPENAI.extract())))
                    .contains("credential of OpenAI is not stored");
        }
    }

    private StepOutcome load(Bill bill) {
        return load(bill, Map.of("source", "cloud"));
    }

    private StepOutcome load(Bill bill, Map<String, Object> parameters) {
        fixture.credential = Map.of("api_key", "sk-admin");
        return fixture.load(bill, parameters, LoadFixture.days("2026-11-10", "2026-11-10"));
    }

    private static String hour(long start, int tokens) {
        return """
        {"object":"bucket","start_time":%d,"end_time":%d,"results":[{"object":"organization.usage.completions.result",\
        "input_tokens":%3$d,"input_uncached_tokens":%3$d,"output_tokens":0,"num_model_requests":1,"project_id":"proj_1","model":"gpt-x"}]}
        """
                .formatted(start, start + 3600, tokens);
    }

    private void say(String path, int status, String body) {
        vendor.say(path, status, body, Map.of("openai-organization", "org-1"));
    }

    private void say(String path, int status, String body, Map<String, String> headers) {
        vendor.say(path, status, body, headers);
    }
}
