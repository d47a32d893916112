package dev.convergence.steps.source;

import static dev.convergence.steps.LoadFixture.assertDone;
import static dev.convergence.steps.LoadFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.steps.LoadFixture;
import dev.convergence.steps.LoadFixture.Bill;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a file is, told by its header alone.
class RecognitionTest {

    private static final String CUR =
            """
            bill_payer_account_id,line_item_usage_account_id,line_item_usage_start_date,\
            line_item_usage_end_date,bill_billing_period_start_date,bill_billing_period_end_date,\
            line_item_line_item_type,line_item_currency_code,%s
            111122223333,444455556666,2026-11-01T00:00:00Z,2026-11-01T01:00:00Z,\
            2026-11-01T00:00:00Z,2026-12-01T00:00:00Z,Usage,USD,1.5
            """;
    private static final String FOCUS =
            """
            BilledCost,EffectiveCost,BillingAccountId,BillingCurrency,BillingPeriodStart,\
            BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,ProviderName,x_ServiceCode
            2.5,2.5,111122223333,USD,2026-11-01T00:00:00Z,2026-12-01T00:00:00Z,\
            2026-11-02T00:00:00Z,2026-11-03T00:00:00Z,AWS,AmazonEC2
            """;

    @TempDir Path directory;
    private LoadFixture fixture;

    @BeforeEach
    void set_up() {
        fixture = new LoadFixture(directory);
    }

    @Test
    void a_report_is_named_by_its_header() throws Exception {
        fixture.land("aws/cost/a.csv", CUR.formatted("line_item_unblended_cost"));
        assertDone(fixture.load(Bill.AWS, Map.of()));
        assertThat(fixture.log).contains("Read 1 row of 1 file: AWS Cost and Usage Report 2.0.");
    }

    @Test
    void a_renamed_column_is_refused_with_the_nearest_bill_and_what_is_lacking() throws Exception {
        fixture.land("aws/cost/a.csv", CUR.formatted("line_item_unblended_cost"));
        assertDone(fixture.load(Bill.AWS, Map.of()));
        fixture.land("aws/cost/a.csv", CUR.formatted("cost"));
        assertThat(failure(fixture.load(Bill.AWS, Map.of())))
                .isEqualTo(
                        "file: aws/cost/a.csv has a header that no known bill has. The nearest is AWS"
                                + " Cost and Usage Report 2.0, for which it lacks"
                                + " line_item_unblended_cost.");
        assertThat(fixture.number("SELECT sum(BilledCost) FROM focus_cost_usage"))
                .isEqualByComparingTo("1.5");
    }

    @Test
    void a_focus_export_in_a_providers_folder_goes_straight_into_the_focus_table()
            throws Exception {
        fixture.land("aws/cost/a.csv", FOCUS);
        assertDone(fixture.load(Bill.AWS, Map.of()));
        assertThat(
                        fixture.rows(
                                "SELECT x_provider, BilledCost::DECIMAL(9,2), (SELECT count(*) FROM"
                                        + " aws_cost_line_items) FROM focus_cost_usage"))
                .isEqualTo(List.of(List.of("aws", "2.50", "0")));
        assertThat(fixture.log).contains("Read 1 row of 1 file: AWS FOCUS export.");
    }

    @Test
    void files_of_two_kinds_are_no_load() throws Exception {
        fixture.land("aws/cost/a.csv", CUR.formatted("line_item_unblended_cost"));
        fixture.land("aws/cost/b.csv", FOCUS);
        assertThat(failure(fixture.load(Bill.AWS, Map.of())))
                .contains("aws/cost/a.csv is a file of the kind AWS Cost and Usage Report 2.0")
                .contains("load them one after the other");
    }

    @Test
    void another_providers_bill_is_refused_by_its_name() throws Exception {
        fixture.land("azure/cost/a.csv", CUR.formatted("line_item_unblended_cost"));
        assertThat(failure(fixture.load(Bill.AZURE, Map.of())))
                .contains("is a file of another kind (AWS Cost and Usage Report 2.0)")
                .contains("takes the formats azure_cost or focus");
    }

    @Test
    void a_file_of_something_else_is_refused_with_what_it_begins_with() throws Exception {
        fixture.land("aws/cost/a.csv", "colour,size\nred,2\n");
        assertThat(failure(fixture.load(Bill.AWS, Map.of())))
                .isEqualTo(
                        "file: aws/cost/a.csv has a header that no known bill has; it begins with"
                                + " [colour, size].");
    }

    @Test
    void a_translated_header_counts_by_the_name_in_its_parentheses() {
        Header header =
                Header.of(List.of("Ressourcengruppe (ResourceGroup)", "Kosten (USD)", "Datum"));
        assertThat(header.has("resourcegroup")).isTrue();
        assertThat(header.has("Kosten (USD)")).isTrue();
        assertThat(header.has("usd")).isFalse();
    }
}
