package dev.convergence.service.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.service.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What a caller says about quality and sources over HTTP, and what it is told.
class DataQualityTest {

    private static final String HEADER =
            "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingAccountId,BillingCurrency,"
                    + "BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,"
                    + "ChargeCategory,ProviderName,ServiceName,Tags\n";

    @TempDir private static Path folder;
    private static RunningServer server;
    private static House house;
    private static Caller tenant;
    private static Caller other;

    @BeforeAll
    static void land_a_bill() throws IOException {
        server = RunningServer.start(folder, Map.of("CONVERGENCE_WORKERS", "1"));
        house = new House(server);
        tenant = house.onboard("strict_corp", "PROFESSIONAL");
        other = house.onboard("other_corp", "PROFESSIONAL");
        Path zone = Files.createDirectories(server.landing().resolve("strict_corp"));
        Files.writeString(
                zone.resolve("bill.csv"),
                HEADER + line("1", "Usage") + line("2", "Odd") + line("4", "Usage"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_run_says_which_rows_to_set_aside_and_which_tags_it_wants() {
        JsonNode run =
                load(
                        Map.of(
                                "on_fail", Map.of("dq10", "QUARANTINE"),
                                "required_tags", List.of("team"),
                                "tag_target", 0.9));
        assertThat(run.path("state").asString()).as(run.toString()).isEqualTo("COMPLETED");
        assertThat(
                        tenant.post(
                                        "/tenants/strict_corp/data/query",
                                        Map.of(
                                                "sql",
                                                "SELECT (SELECT sum(BilledCost)::INT FROM focus_cost_usage), rule,"
                                                        + " row_content->>'ChargeCategory' FROM x_meta_bad_rows"))
                                .isOk()
                                .field("rows")
                                .path(0)
                                .toString())
                .isEqualTo("[5,\"dq10_charge_category\",\"Odd\"]");
        List<JsonNode> rules =
                tenant.get("/tenants/strict_corp/data-quality?by=rule&limit=200")
                        .isOk()
                        .list("results");
        assertThat(rules)
                .extracting(result -> result.path("rule").asString())
                .contains("dq10_charge_category", "dq24_required_tags");
    }

    @Test
    void a_rule_that_there_is_not_fails_the_run_and_says_so() {
        JsonNode run = load(Map.of("on_fail", Map.of("dq77", "WARN")));
        assertThat(run.path("state").asString()).isEqualTo("FAILED");
        assertThat(run.toString()).contains("on_fail: no suite has the rule 'dq77'");
    }

    @Test
    void a_template_tells_the_schema_of_its_parameters_and_the_least_rights() {
        Answer azure = tenant.get("/pipelines/templates/azure/cost/cost_analysis").isOk();
        assertThat(azure.get("policy")).contains("containers/blobs/read");
        assertThat(azure.field("parameters_schema").path("properties").path("source").path("enum"))
                .isNotEmpty();
        assertThat(azure.field("template").path("id").asString())
                .isEqualTo("azure/cost/cost_analysis");
        assertThat(tenant.get("/pipelines/templates/gcp/cost/billing").isOk().get("policy"))
                .contains("bigquery.dataViewer");
        assertThat(
                        tenant.get("/pipelines/templates/system/diagnostics/probe")
                                .isOk()
                                .field("policy")
                                .isNull())
                .isTrue();
        assertThat(tenant.get("/pipelines/templates/azure/cost/nothing").status()).isEqualTo(404);
        assertThat(tenant.get("/pipelines/templates/azure/co.st/x").status()).isBetween(400, 422);
        assertThat(other.get("/tenants/strict_corp/data-quality").status()).isEqualTo(403);
    }

    private static JsonNode load(Map<String, Object> parameters) {
        Map<String, Object> all = new LinkedHashMap<>(parameters);
        all.put("source", "landing");
        all.put("file", "bill.csv");
        return house.run(tenant, "strict_corp/focus/cost/import", all);
    }

    private static String line(String cost, String category) {
        return "%1$s,%1$s,%1$s,%1$s,one,USD,2026-10-01,2026-11-01,2026-10-02T00:00:00Z,2026-10-02T01:00:00Z,%2$s,AWS,s,\"{\"\"team\"\":\"\"\"\"}\"%n"
                .formatted(cost, category);
    }
}
