package dev.convergence.steps.source;

import static dev.convergence.steps.LoadFixture.assertDone;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.steps.LoadFixture;
import dev.convergence.steps.LoadFixture.Bill;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimpleFormatsTest {

    @TempDir Path directory;
    private LoadFixture fixture;

    @BeforeEach
    void set_up() {
        fixture = new LoadFixture(directory);
    }

    @Test
    void openai_usage_is_in_dollars() throws Exception {
        fixture.land(
                "openai/observability/a.jsonl",
                """
                {"date":"2026-11-20","organization_id":"org-1","project_id":"p","model":"m",\
                "input_tokens":10,"input_cached_tokens":4,"input_uncached_tokens":6,\
                "output_tokens":5,"amount":{"value":"0.06000000000000000001","currency":"usd"}}
                """);
        assertDone(fixture.load(Bill.OPENAI, Map.of()));
        assertThat(
                        fixture.rows(
                                "SELECT input_tokens, cached_input_tokens, cost::VARCHAR, currency"
                                        + " FROM ai_usage_daily"))
                .isEqualTo(List.of(List.of("6", "4", "0.06000000000000000001", "USD")));
        assertThat(
                        fixture.rows(
                                "SELECT ServiceName, ConsumedQuantity::BIGINT,"
                                        + " PricingQuantity::DECIMAL(9,6) FROM focus_cost_usage"))
                .isEqualTo(List.of(List.of("OpenAI API", "15", "0.000015")));
    }

    @Test
    void claude_usage_is_in_cents() throws Exception {
        fixture.land(
                "claude/observability/a.jsonl",
                """
                {"date":"2026-11-20","organization_id":"o","workspace_id":null,"model":"m",\
                "uncached_input_tokens":1,"cache_read_input_tokens":2,"output_tokens":3,\
                "cache_creation":{"ephemeral_1h_input_tokens":4,"ephemeral_5m_input_tokens":5},\
                "amount":"123.78912","currency":"USD"}
                """);
        assertDone(fixture.load(Bill.CLAUDE, Map.of()));
        assertThat(
                        fixture.rows(
                                "SELECT BilledCost::DECIMAL(9,7), SubAccountId, ConsumedQuantity::INT,"
                                        + " x_provider FROM focus_cost_usage"))
                .isEqualTo(List.of(List.of("1.2378912", "default", "15", "claude")));
    }

    @Test
    void findings_are_a_snapshot_that_replaces_the_one_before() throws Exception {
        fixture.land(
                "gcp/security/a.jsonl", finding("f1", "2026-10-30") + finding("f2", "2026-11-01"));
        assertDone(fixture.load(Bill.FINDINGS, Map.of()));
        fixture.land("gcp/security/a.jsonl", finding("f1", "2026-11-20"));
        assertDone(fixture.load(Bill.FINDINGS, Map.of()));
        assertThat(
                        fixture.rows(
                                "SELECT finding_id, severity, status, event_time::DATE FROM findings"))
                .isEqualTo(List.of(List.of("f1", "HIGH", "OPEN", "2026-11-20")));
    }

    @Test
    void policy_states_load_from_their_nested_properties() throws Exception {
        fixture.land(
                "azure/compliance/a.jsonl",
                """
                {"id":"s1","subscriptionId":"sub","properties":{"complianceState":"NonCompliant",\
                "timestamp":"2026-11-20T01:02:03.456Z","isDeleted":false,"stateWeight":300}}
                """);
        assertDone(fixture.load(Bill.POLICIES, Map.of()));
        assertThat(
                        fixture.rows(
                                "SELECT compliance_state, state_weight, is_deleted,"
                                        + " state_time::VARCHAR FROM policy_states"))
                .isEqualTo(
                        List.of(
                                List.of(
                                        "NonCompliant",
                                        "300",
                                        "false",
                                        "2026-11-20 01:02:03.456")));
    }

    private static String finding(String id, String day) {
        return """
        {"finding":{"name":"%s","parent":"organizations/1/sources/2","category":"OPEN_FIREWALL",\
        "severity":"HIGH","state":"ACTIVE","eventTime":"%sT00:00:00Z"}}
        """
                .formatted(id, day);
    }
}
