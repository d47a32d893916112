package dev.convergence.steps.publish;

import static dev.convergence.steps.LoadFixture.assertDone;
import static dev.convergence.steps.LoadFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.step.StepOutcome;
import dev.convergence.steps.LoadFixture;
import dev.convergence.steps.LoadFixture.Bill;
import dev.convergence.steps.quality.QualityCheckStep;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rows that break a rule whose end is QUARANTINE: set aside with rule, reason and row, the others
/// loaded.
class RuleQuarantineTest {

    private static final String HEADER =
            "BilledCost,EffectiveCost,BillingAccountId,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,"
                    + "ChargePeriodStart,ChargePeriodEnd,ProviderName,ServiceName,ChargeCategory,ChargeFrequency\n";

    @TempDir Path directory;
    private LoadFixture fixture;

    @BeforeEach
    void set_up() {
        fixture = new LoadFixture(directory);
    }

    @Test
    void its_rows_are_set_aside_and_the_others_are_loaded() throws Exception {
        land(row("1", "Usage", "USD") + row("2", "It's odd?", "USD") + row("4", "odd", "ZZZ"));
        StepOutcome.Done checked =
                (StepOutcome.Done)
                        load(
                                Map.of(
                                        "dq10_charge_category",
                                        "QUARANTINE",
                                        "dq11_currency_code",
                                        "QUARANTINE"));
        assertThat(checked.facts()).containsEntry("rows_quarantined", 2L);
        assertThat(fixture.rows("SELECT BilledCost::INT, count(*) OVER () FROM focus_cost_usage"))
                .isEqualTo(List.of(List.of("1", "1")));
        assertThat(
                        fixture.rows(
                                "SELECT rule, column_name, x_source_file, table_name, line IS NULL,"
                                        + " row_content->>'BillingCurrency', row_content->>'BilledCost',"
                                        + " contains(reason, 'wants') FROM x_meta_bad_rows ORDER BY 1, 7"))
                .isEqualTo(
                        List.of(
                                aside("dq10_charge_category", "ChargeCategory", "USD", "2.0"),
                                aside("dq10_charge_category", "ChargeCategory", "ZZZ", "4.0"),
                                aside("dq11_currency_code", "BillingCurrency", "ZZZ", "4.0")));
    }

    private static List<String> aside(String rule, String column, String currency, String cost) {
        return List.of(
                rule,
                column,
                "focus/cost/a.csv",
                "focus_cost_usage",
                "true",
                currency,
                cost,
                "true");
    }

    @Test
    void a_table_of_bad_rows_of_an_earlier_version_takes_them_too() throws Exception {
        fixture.alter(
                """
                CREATE TABLE x_meta_bad_rows (run_id VARCHAR NOT NULL, table_name VARCHAR NOT NULL,
                  x_source_file VARCHAR NOT NULL, line BIGINT NOT NULL, column_name VARCHAR,
                  reason VARCHAR NOT NULL, loaded_at TIMESTAMP NOT NULL)
                """);
        fixture.alter(
                "INSERT INTO x_meta_bad_rows VALUES ('r', 't', 'f', 7, NULL, 'why', now()::TIMESTAMP)");
        land(row("1", "Usage", "USD") + row("2", "odd", "USD"));
        load(Map.of("dq10", "QUARANTINE"));
        assertThat(fixture.rows("SELECT line, rule FROM x_meta_bad_rows ORDER BY line"))
                .isEqualTo(List.of(List.of("7", "null"), List.of("null", "dq10_charge_category")));
    }

    @Test
    void what_was_left_out_is_told_as_long_as_runs_are_kept() throws Exception {
        land(row("1", "Usage", "USD") + row("2", "odd", "USD"));
        load(Map.of("dq10", "QUARANTINE"));
        earlier("long_ago", 91, 1);
        earlier("just_kept", 89, 1);

        load(Map.of());

        assertThat(
                        fixture.rows(
                                "SELECT count(*), count(*) FILTER (WHERE run_id = 'just_kept')"
                                        + " FROM x_meta_bad_rows WHERE run_id <> 'long_ago'"))
                .isEqualTo(List.of(List.of("2", "1")));
        assertThat(fixture.number("SELECT count(*) FROM x_meta_bad_rows"))
                .isEqualByComparingTo("2");
    }

    @Test
    void of_more_rows_than_are_kept_the_oldest_loads_go_first() throws Exception {
        land(row("1", "Usage", "USD") + row("2", "odd", "USD"));
        load(Map.of("dq10", "QUARANTINE"));
        earlier("older", 2, 5_000);
        earlier("newer", 1, 996_000);

        load(Map.of("dq10", "QUARANTINE"));

        assertThat(
                        fixture.rows(
                                "SELECT count(*), count(DISTINCT run_id),"
                                        + " count(*) FILTER (WHERE run_id = 'older') FROM x_meta_bad_rows"))
                .isEqualTo(List.of(List.of("996002", "3", "0")));
    }

    private void earlier(String run, int days, int rows) throws Exception {
        fixture.alter(
                """
                INSERT INTO x_meta_bad_rows BY NAME
                SELECT '%s' AS run_id, 't' AS table_name, 'f' AS x_source_file, 'why' AS reason,
                  TIMESTAMP '2026-11-22 10:00:00' - INTERVAL %d DAY AS loaded_at
                FROM range(%d)
                """
                        .formatted(run, days, rows));
    }

    @Test
    void rows_of_a_rule_that_only_warns_are_loaded() throws Exception {
        land(row("1", "Usage", "USD") + row("2", "odd", "USD"));
        load(Map.of());
        assertThat(fixture.number("SELECT sum(BilledCost) FROM focus_cost_usage"))
                .isEqualByComparingTo("3");
        assertThat(
                        fixture.rows(
                                "SELECT 1 FROM duckdb_tables() WHERE table_name = 'x_meta_bad_rows'"))
                .isEmpty();
    }

    @Test
    void a_load_of_which_nothing_would_be_left_fails_and_leaves_all_as_it_was() throws Exception {
        land(row("1", "Usage", "USD"));
        load(Map.of());
        land(row("2", "odd", "USD") + row("3", "odd", "USD"));
        assertThat(failure(load(Map.of("dq10", "QUARANTINE"))))
                .isEqualTo(
                        "Every row of focus_cost_usage breaks a rule that sends rows into quarantine;"
                                + " nothing was loaded.");
        assertThat(fixture.number("SELECT sum(BilledCost) FROM focus_cost_usage"))
                .isEqualByComparingTo("1");
    }

    private StepOutcome load(Map<String, Object> actions) throws Exception {
        try (var run = fixture.run(Bill.FOCUS, Map.of(), LoadFixture.yesterday())) {
            assertDone(run.step("source.extract", Bill.FOCUS.extract()));
            StepOutcome checked =
                    new QualityCheckStep()
                            .run(
                                    run.context(
                                            Map.of(
                                                    "suite",
                                                    "focus_cost_usage",
                                                    "on_fail",
                                                    actions)));
            if (checked instanceof StepOutcome.Done) {
                assertDone(run.step("warehouse.publish", Map.of("tables", Bill.FOCUS.tables())));
            }
            return checked;
        }
    }

    private void land(String rows) throws Exception {
        fixture.land("focus/cost/a.csv", HEADER + rows);
    }

    private static String row(String cost, String category, String currency) {
        return "%s,1,%s,%s,2026-10-01T00:00:00Z,2026-11-01T00:00:00Z,2026-10-05T00:00:00Z,2026-10-06T00:00:00Z,AWS,s,%s,Usage-Based%n"
                .formatted(cost, "account-" + currency, currency, category);
    }
}
