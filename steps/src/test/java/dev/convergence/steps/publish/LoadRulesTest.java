package dev.convergence.steps.publish;

import static dev.convergence.steps.LoadFixture.assertDone;
import static dev.convergence.steps.LoadFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.step.QualityCheck;
import dev.convergence.engine.step.StepOutcome;
import dev.convergence.steps.LoadFixture;
import dev.convergence.steps.LoadFixture.Bill;
import dev.convergence.steps.duckdb.Session;
import dev.convergence.steps.duckdb.Staging;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rules about a load as a whole: what publishing asks.
class LoadRulesTest {

    private static final String HEADER =
            "lineItem/tenantId,lineItem/intervalUsageStart,lineItem/intervalUsageEnd,"
                    + "product/service,cost/myCost,cost/currencyCode";

    @TempDir Path directory;
    private LoadFixture fixture;

    @BeforeEach
    void set_up() {
        fixture = new LoadFixture(directory);
    }

    @Test
    void a_column_that_comes_or_goes_is_told_with_its_name() throws Exception {
        assertThat(check(oci(HEADER, line("1")), "dq30_no_new_column").passed()).isTrue();
        List<QualityCheck> wider = oci(HEADER + ",x/new", line("1").strip() + ",y\n");
        assertThat(check(wider, "dq30_no_new_column").failingKeys()).containsExactly("x/new");
        assertThat(check(wider, "dq30_no_column_gone").passed()).isTrue();
        List<QualityCheck> narrower = oci(HEADER, line("1"));
        assertThat(check(narrower, "dq30_no_column_gone").failingKeys()).containsExactly("x/new");
        assertThat(check(narrower, "dq30_no_new_column").passed()).isTrue();
        assertThat(oci(HEADER, line("1"))).allMatch(QualityCheck::passed);
    }

    @Test
    void a_column_of_parquet_that_changes_its_type_is_told() throws Exception {
        assertThat(parquet("1.5::DECIMAL(9,2)")).allMatch(QualityCheck::passed);
        assertThat(check(parquet("1.5::DOUBLE"), "dq30_no_type_changed").failingKeys())
                .containsExactly("cost/myCost");
    }

    @Test
    void fields_of_json_may_be_left_out_but_not_come_unseen() throws Exception {
        String line =
                "{\"date\":\"2026-11-01\",\"organization_id\":\"o\",\"model\":\"m\",\"output_tokens\":1%s}\n";
        fixture.land("openai/observability/a.jsonl", line.formatted(",\"user_id\":\"u\""));
        assertThat(load(Bill.OPENAI))
                .filteredOn(c -> c.rule().startsWith("dq30"))
                .allMatch(QualityCheck::passed);
        fixture.land("openai/observability/a.jsonl", line.formatted(""));
        assertThat(load(Bill.OPENAI))
                .filteredOn(c -> c.rule().startsWith("dq30"))
                .allMatch(QualityCheck::passed);
        fixture.land("openai/observability/a.jsonl", line.formatted(",\"user_id\":\"u\""));
        assertThat(load(Bill.OPENAI))
                .filteredOn(c -> c.rule().startsWith("dq30"))
                .allMatch(QualityCheck::passed);
        fixture.land("openai/observability/a.jsonl", line.formatted(",\"colour\":\"red\""));
        assertThat(check(load(Bill.OPENAI), "dq30_no_new_column").failingKeys())
                .containsExactly("colour");
    }

    @Test
    void a_finding_that_was_open_and_is_not_told_of_any_more_is_a_loss() throws Exception {
        findings(finding("f1", "ACTIVE") + finding("f2", "ACTIVE") + finding("f3", "INACTIVE"));
        List<QualityCheck> kept = findings(finding("f1", "INACTIVE") + finding("f2", "ACTIVE"));
        assertThat(check(kept, "dq28_no_silent_loss").passed()).isTrue();
        assertThat(check(kept, "dq28_no_silent_loss").rowsChecked()).isEqualTo(2);
        List<QualityCheck> lost = findings(finding("f4", "ACTIVE"));
        assertThat(check(lost, "dq28_no_silent_loss").failingKeys())
                .containsExactly("p/findings/f2");
    }

    @Test
    void a_charge_that_changed_its_month_on_the_way_fails_the_load() throws Exception {
        oci(HEADER, line("1") + line("2").replace("2026-11", "2026-10"));
        fixture.land(
                "oci/cost/a.csv",
                HEADER + "\n" + line("3") + line("4").replace("2026-11", "2026-10"));
        try (var run = fixture.run(Bill.OCI, Map.of(), LoadFixture.yesterday())) {
            assertDone(run.step("source.extract", Bill.OCI.extract()));
            assertDone(
                    run.step(
                            "focus.convert",
                            Map.of("from", "oci_cost_lines", "mapping", "oci_cost")));
            var context = run.context(Map.of());
            try (Session staging =
                    new Session(Staging.of(context).connect(), context.cancellation())) {
                staging.execute("CREATE TABLE copied AS SELECT * FROM focus_cost_usage");
                staging.execute(
                        "UPDATE copied SET BillingPeriodStart = TIMESTAMP '2026-10-01'"
                                + " WHERE BilledCost = 3");
                staging.execute("CREATE OR REPLACE VIEW focus_cost_usage AS SELECT * FROM copied");
            }
            StepOutcome outcome =
                    run.step("warehouse.publish", Map.of("tables", Bill.OCI.tables()));
            assertThat(failure(outcome))
                    .contains("dq04_billed_cost_by_month")
                    .contains("2 of 2 months");
            assertThat(
                            check(
                                            ((StepOutcome.Failed) outcome).checks(),
                                            "dq04_billed_cost_by_month")
                                    .passed())
                    .isFalse();
        }
        assertThat(fixture.number("SELECT sum(cost) FROM oci_cost_lines"))
                .isEqualByComparingTo("3");
    }

    @Test
    void a_load_far_off_the_usual_fails_where_the_pipeline_says_so() throws Exception {
        oci(HEADER, line("1").repeat(20));
        fixture.land("oci/cost/a.csv", HEADER + "\n" + line("1"));
        try (var run = fixture.run(Bill.OCI, Map.of(), LoadFixture.yesterday())) {
            assertDone(run.step("source.extract", Bill.OCI.extract()));
            assertDone(
                    run.step(
                            "focus.convert",
                            Map.of("from", "oci_cost_lines", "mapping", "oci_cost")));
            assertThat(
                            failure(
                                    run.step(
                                            "warehouse.publish",
                                            Map.of(
                                                    "tables",
                                                    Bill.OCI.tables(),
                                                    "on_fail",
                                                    Map.of("dq02_rows_near_usual", "FAIL_RUN")))))
                    .contains("dq02_rows_near_usual wants within 90 % of the last 7 loads");
        }
        assertThat(fixture.number("SELECT count(*) FROM focus_cost_usage"))
                .isEqualByComparingTo("20");
    }

    private List<QualityCheck> oci(String header, String lines) throws Exception {
        fixture.land("oci/cost/a.csv", header + "\n" + lines);
        return load(Bill.OCI);
    }

    private List<QualityCheck> parquet(String cost) throws Exception {
        Path file = directory.resolve("a.parquet");
        fixture.alter(
                """
                COPY (SELECT 'tenancy-1' AS "lineItem/tenantId",
                  '2026-11-20T10:00Z' AS "lineItem/intervalUsageStart",
                  '2026-11-20T11:00Z' AS "lineItem/intervalUsageEnd", 'COMPUTE' AS "product/service",
                  %s AS "cost/myCost", 'USD' AS "cost/currencyCode") TO '%s' (FORMAT parquet)
                """
                        .formatted(cost, file));
        fixture.land("oci/cost/a.parquet", java.nio.file.Files.readAllBytes(file));
        return load(Bill.OCI);
    }

    private List<QualityCheck> findings(String lines) throws Exception {
        fixture.land("gcp/security/a.jsonl", lines);
        return load(Bill.FINDINGS);
    }

    private static String finding(String name, String state) {
        return """
        {"finding":{"name":"p/findings/%s","parent":"p","category":"OPEN_PORT","state":"%s","severity":"HIGH","eventTime":"2026-11-20T00:00:00Z"}}
        """
                .formatted(name, state);
    }

    private List<QualityCheck> load(Bill bill) {
        StepOutcome outcome = fixture.load(bill, Map.of());
        assertDone(outcome);
        return ((StepOutcome.Done) outcome).checks();
    }

    private static QualityCheck check(List<QualityCheck> checks, String rule) {
        return checks.stream()
                .filter(check -> check.rule().equals(rule))
                .findFirst()
                .orElseThrow(() -> new AssertionError(rule + " is none of " + checks));
    }

    private static String line(String cost) {
        return "tenancy-1,2026-11-20T10:00Z,2026-11-20T11:00:00Z,COMPUTE,%s,USD%n".formatted(cost);
    }
}
