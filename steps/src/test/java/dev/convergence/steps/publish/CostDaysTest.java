package dev.convergence.steps.publish;

import static dev.convergence.steps.LoadFixture.assertDone;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.step.StepOutcome;
import dev.convergence.steps.LoadFixture;
import dev.convergence.steps.LoadFixture.Bill;
import dev.convergence.steps.sample.SampleBills;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The days are what the FOCUS table adds up to, whatever was loaded, in whatever order.
class CostDaysTest {

    private static final String HEADER =
            "BilledCost,EffectiveCost,ContractedCost,ListCost,BillingAccountId,BillingCurrency,"
                    + "BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,"
                    + "ProviderName,ServiceName,ChargeCategory,Tags\n";

    private static final String DAYS =
            """
            SELECT x_provider, BillingAccountId, BillingPeriodStart, x_InvoiceMonth,
              ChargePeriodStart::DATE AS day, ChargeCategory, BillingCurrency, ServiceName,
              SubAccountId, RegionId, sum(BilledCost) AS b, sum(EffectiveCost) AS e,
              sum(ContractedCost) AS c, sum(ListCost) AS l, %s AS n
            FROM %s GROUP BY ALL
            """;

    private static final String TAGS =
            """
            SELECT x_provider, BillingAccountId, ChargePeriodStart::DATE AS day, BillingCurrency,
              Tags::VARCHAR AS tags, sum(BilledCost) AS b, sum(EffectiveCost) AS e, %s AS n
            FROM %s GROUP BY ALL
            """;

    @TempDir Path directory;
    private LoadFixture fixture;

    @BeforeEach
    void set_up() {
        fixture = new LoadFixture(directory);
    }

    @Test
    void a_restated_month_and_another_account_and_an_empty_tag_add_up() throws Exception {
        load(line("1", "one", "10-01", "a") + line("2.5", "one", "10-02", "a"));
        load(line("7", "two", "10-01", "b") + line("0.00000000000000000001", "two", "10-01", "b"));
        agrees(4);
        load(
                line("1", "one", "10-01", "a")
                        + line("-2", "one", "10-01", "")
                        + line("9", "one", "10-03", "a"));
        agrees(5);
        assertThat(fixture.number("SELECT sum(BilledCost) FROM cost_by_day"))
                .isEqualByComparingTo("15.00000000000000000001");
    }

    @Test
    void days_that_were_asked_for_and_a_month_in_turn_add_up() throws Exception {
        String month = line("1", "one", "10-01", "a") + line("2", "one", "10-02", "a");
        load(month);
        fixture.land("focus/cost/a.csv", HEADER + line("5", "one", "10-02", "c"));
        assertDone(
                fixture.load(Bill.FOCUS, Map.of(), LoadFixture.days("2026-10-02", "2026-10-02")));
        agrees(2);
        load(month);
        agrees(2);
        load(month);
        agrees(2);
        assertDone(
                fixture.load(Bill.FOCUS, Map.of(), LoadFixture.days("2026-10-01", "2026-10-03")));
        agrees(2);
    }

    @Test
    void bills_of_every_provider_add_up_loaded_once_and_again() throws Exception {
        for (int time = 0; time < 2; time++) {
            for (Bill bill :
                    List.of(Bill.GCP, Bill.AWS, Bill.AZURE, Bill.OCI, Bill.OPENAI, Bill.CLAUDE)) {
                Path zone =
                        fixture.landing
                                .root()
                                .resolve("acme_corp/" + bill.provider + "/" + bill.domain);
                new SampleBills()
                        .write(
                                String.valueOf(bill.extract().get("format")),
                                LoadFixture.ACME,
                                LoadFixture.days("2026-10-30", "2026-11-02"),
                                Map.of("sample_edition", time + 1, "sample_restated_percent", 30),
                                zone);
                assertDone(fixture.load(bill, Map.of()));
            }
            agrees(fixture.number("SELECT count(*) FROM focus_cost_usage").intValueExact());
        }
    }

    @Test
    void only_days_of_the_accounts_and_months_that_a_load_replaces_are_renewed() throws Exception {
        load(line("1", "one", "10-01", "a") + line("2", "one", "10-02", "a"));
        load(line("7", "two", "10-01", "b"));
        load(
                line("3", "one", "10-01", "a")
                        .replace("2026-10-01,2026-11-01", "2026-09-01,2026-10-01"));
        fixture.alter("UPDATE cost_by_day SET ContractedCost = 12345");
        fixture.alter("UPDATE cost_by_day_and_tags SET EffectiveCost = 12345");
        load(line("5", "one", "10-03", "a"));
        assertThat(untouched("cost_by_day", "ContractedCost")).isEqualByComparingTo("2");
        assertThat(untouched("cost_by_day_and_tags", "EffectiveCost")).isEqualByComparingTo("2");
        assertThat(fixture.number("SELECT sum(row_count) FROM cost_by_day"))
                .isEqualByComparingTo("3");
    }

    private BigDecimal untouched(String days, String column) throws Exception {
        return fixture.number("SELECT count(*) FROM %s WHERE %s = 12345".formatted(days, column));
    }

    @Test
    void days_that_do_not_add_up_to_the_charges_are_refused() throws Exception {
        load(line("1", "one", "10-01", "a"));
        fixture.alter("DELETE FROM cost_by_day");
        fixture.land("focus/cost/a.csv", HEADER + line("7", "two", "10-01", "b"));
        assertThat(fixture.load(Bill.FOCUS, Map.of()))
                .isInstanceOfSatisfying(
                        StepOutcome.Failed.class,
                        failed -> assertThat(failed.message()).contains("do not add up"));
    }

    @Test
    void what_was_loaded_before_there_were_days_is_added_up_with_the_next_load() throws Exception {
        load(line("1", "one", "10-01", "a"));
        fixture.alter("DROP TABLE cost_by_day");
        fixture.alter("DROP TABLE cost_by_day_and_tags");
        load(line("7", "two", "10-01", "b"));
        agrees(2);
    }

    private void agrees(int rows) throws Exception {
        same(DAYS, "cost_by_day");
        same(TAGS, "cost_by_day_and_tags");
        assertThat(fixture.number("SELECT sum(row_count) FROM cost_by_day"))
                .isEqualByComparingTo(String.valueOf(rows));
    }

    private void same(String sql, String days) throws Exception {
        String added = sql.formatted("sum(row_count)", days);
        String lines = sql.formatted("count(*)", "focus_cost_usage");
        assertThat(
                        fixture.rows(
                                "(%s EXCEPT %s) UNION ALL (%s EXCEPT %s)"
                                        .formatted(added, lines, lines, added)))
                .isEmpty();
    }

    private void load(String lines) throws Exception {
        fixture.land("focus/cost/a.csv", HEADER + lines);
        assertDone(fixture.load(Bill.FOCUS, Map.of()));
    }

    private static String line(String cost, String account, String day, String team) {
        String tags = team.isEmpty() ? "" : "\"{\"\"team\"\":\"\"" + team + "\"\"}\"";
        return "%1$s,%1$s,%1$s,%1$s,%2$s,USD,2026-10-01,2026-11-01,2026-%3$s,2026-10-31,AWS,S,Usage,%4$s%n"
                .formatted(cost, account, day, tags);
    }
}
