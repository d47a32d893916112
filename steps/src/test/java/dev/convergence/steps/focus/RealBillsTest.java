package dev.convergence.steps.focus;

import static dev.convergence.steps.LoadFixture.assertDone;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.steps.LoadFixture;
import dev.convergence.steps.LoadFixture.Bill;
import dev.convergence.steps.SharedData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealBillsTest {

    @TempDir Path directory;

    @Test
    void the_legacy_aws_report_loads_and_names_its_services() throws Exception {
        Path bill = SharedData.file("aws/legacy_cur_sample.csv");
        LoadFixture fixture = new LoadFixture(directory);
        fixture.land("aws/cost/bill.csv", Files.readAllBytes(bill));
        assertDone(fixture.load(Bill.AWS, Map.of()));
        assertThat(
                        fixture.rows(
                                "SELECT (SELECT count(*) FROM aws_cost_line_items), count(*),"
                                        + " sum(BilledCost) = (SELECT sum(unblended_cost) FROM aws_cost_line_items),"
                                        + " count(ServiceName), min(x_provider) FROM focus_cost_usage"))
                .isEqualTo(List.of(List.of("1281", "1281", "true", "1281", "aws")));
        assertThat(
                        fixture.number(
                                "SELECT count(*) FROM focus_cost_usage"
                                        + " WHERE ServiceName = 'AWS Data Transfer'"))
                .isEqualTo("447");
    }

    @Test
    void the_azure_export_loads_with_its_tags_and_exclusive_period_end() throws Exception {
        Path bill = SharedData.file("azure/ea_actual_cost_sample.csv");
        LoadFixture fixture = new LoadFixture(directory);
        fixture.land("azure/cost/bill.csv", Files.readAllBytes(bill));
        assertDone(fixture.load(Bill.AZURE, Map.of()));
        assertThat(
                        fixture.rows(
                                "SELECT count(*), count(DISTINCT BillingPeriodEnd),"
                                        + " min(BillingPeriodEnd)::VARCHAR, min(Tags->>'tagA'), min(BillingCurrency),"
                                        + " count(*) FILTER (WHERE ServiceName = 'Virtual Network')"
                                        + " FROM focus_cost_usage"))
                .isEqualTo(
                        List.of(List.of("27", "1", "2023-10-01 00:00:00", "valueA", "CAD", "12")));
    }
}
