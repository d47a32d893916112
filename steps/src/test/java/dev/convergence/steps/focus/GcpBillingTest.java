package dev.convergence.steps.focus;

import static dev.convergence.steps.LoadFixture.assertDone;
import static dev.convergence.steps.LoadFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.steps.LoadFixture;
import dev.convergence.steps.LoadFixture.Bill;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GcpBillingTest {

    @TempDir Path directory;
    private LoadFixture fixture;

    @BeforeEach
    void set_up() {
        fixture = new LoadFixture(directory);
    }

    @Test
    void nested_json_lines_keep_every_digit_and_every_credit() throws Exception {
        fixture.land(
                "gcp/cost/bill.jsonl",
                line("0.12345678901234567891", "regular", "[{\"amount\":-0.1},{\"amount\":-2e-20}]")
                        + line("-3.5", "adjustment", "[]")
                        + line("0", "tax", "null"));
        assertDone(fixture.load(Bill.GCP, Map.of()));
        assertThat(
                        fixture.rows(
                                "SELECT cost::VARCHAR, credits_total::VARCHAR FROM billing_cost_daily"
                                        + " ORDER BY cost"))
                .isEqualTo(
                        List.of(
                                List.of("-3.50000000000000000000", "0.00000000000000000000"),
                                List.of("0.00000000000000000000", "0.00000000000000000000"),
                                List.of("0.12345678901234567891", "-0.10000000000000000002")));
        assertThat(
                        fixture.rows(
                                "SELECT ChargeCategory, BilledCost::VARCHAR, ContractedCost::VARCHAR"
                                        + " FROM focus_cost_usage ORDER BY BilledCost"))
                .isEqualTo(
                        List.of(
                                List.of(
                                        "Adjustment",
                                        "-3.50000000000000000000",
                                        "-3.50000000000000000000"),
                                List.of("Tax", "0.00000000000000000000", "0.00000000000000000000"),
                                List.of(
                                        "Usage",
                                        "0.02345678901234567889",
                                        "0.12345678901234567891")));
    }

    @Test
    void a_line_becomes_focus_with_its_tags_service_and_pacific_billing_period() throws Exception {
        fixture.land("gcp/cost/bill.jsonl", line("1", "regular", "[]"));
        assertDone(fixture.load(Bill.GCP, Map.of()));
        assertThat(
                        fixture.rows(
                                "SELECT ServiceName, ServiceCategory, SubAccountId, Tags->>'env',"
                                        + " Tags->>'owner', BillingPeriodStart::VARCHAR, BillingPeriodEnd::VARCHAR,"
                                        + " x_InvoiceMonth, x_provider, x_source_file FROM focus_cost_usage"))
                .isEqualTo(
                        List.of(
                                List.of(
                                        "Compute Engine",
                                        "Compute",
                                        "shop-1",
                                        "prod",
                                        "kim",
                                        "2026-11-01 07:00:00",
                                        "2026-12-01 08:00:00",
                                        "202611",
                                        "gcp",
                                        "gcp/cost/bill.jsonl")));
    }

    @Test
    void the_flattened_csv_gives_the_same_rows() throws Exception {
        fixture.land(
                "gcp/cost/bill.csv",
                "billing_account_id,service.id,service.description,sku.id,usage_start_time,"
                        + "usage_end_time,cost,currency,credits,invoice.month,cost_type\n"
                        + "01-A,6F81,Compute Engine,S1,2026-11-20 10:00:00 UTC,2026-11-20 11:00:00"
                        + " UTC,5.5,USD,\"[{\"\"amount\"\": \"\"-0.5\"\"}]\",202611,regular\n");
        assertDone(fixture.load(Bill.GCP, Map.of()));
        assertThat(
                        fixture.rows(
                                "SELECT service_description, credits_total::DOUBLE, invoice_month,"
                                        + " ingestion_date FROM billing_cost_daily"))
                .isEqualTo(List.of(List.of("Compute Engine", "-0.5", "202611", "2026-11-22")));
        assertThat(fixture.number("SELECT BilledCost FROM focus_cost_usage"))
                .isEqualByComparingTo("5");
    }

    @Test
    void parquet_gives_the_fields_of_its_structs() throws Exception {
        Path parquet = directory.resolve("bill.parquet");
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute(
                    """
                    COPY (SELECT '01-A' AS billing_account_id,
                      {'id': '6F81', 'description': 'Compute Engine'} AS service,
                      TIMESTAMPTZ '2026-11-20 10:00:00+00' AS usage_start_time,
                      TIMESTAMPTZ '2026-11-20 11:00:00+00' AS usage_end_time,
                      5.5::DECIMAL(38,9) AS cost, 'USD' AS currency,
                      [{'amount': -0.5::DECIMAL(9,2), 'type': 'PROMOTION'}] AS credits,
                      {'month': '202611'} AS invoice, [{'key': 'env', 'value': 'prod'}] AS labels)
                    TO '%s' (FORMAT parquet)
                    """
                            .formatted(parquet));
        }
        fixture.land("gcp/cost/bill.parquet", Files.readAllBytes(parquet));
        assertDone(fixture.load(Bill.GCP, Map.of()));
        assertThat(
                        fixture.rows(
                                "SELECT ServiceName, BilledCost::DECIMAL(9,2), x_InvoiceMonth, Tags->>'env'"
                                        + " FROM focus_cost_usage"))
                .isEqualTo(List.of(List.of("Compute Engine", "5.00", "202611", "prod")));
    }

    @Test
    void the_raw_table_has_its_29_columns_and_the_lineage() throws Exception {
        fixture.land("gcp/cost/bill.jsonl", line("1", "regular", "[]"));
        assertDone(fixture.load(Bill.GCP, Map.of()));
        assertThat(
                        fixture.number(
                                "SELECT count(*) FROM duckdb_columns()"
                                        + " WHERE table_name = 'billing_cost_daily' AND column_name NOT LIKE 'x\\_%' ESCAPE '\\'"))
                .isEqualTo("29");
    }

    @Test
    void an_array_of_objects_in_many_lines_loads_too() throws Exception {
        fixture.land(
                "gcp/cost/bill.json",
                "[\n"
                        + line("1.10000000000000000001", "regular", "[]")
                        + ",\n"
                        + line("2", "tax", "[]")
                        + "]");
        assertDone(fixture.load(Bill.GCP, Map.of()));
        assertThat(fixture.number("SELECT sum(cost) FROM billing_cost_daily"))
                .isEqualByComparingTo("3.10000000000000000001");
    }

    @Test
    void a_broken_line_is_named() throws Exception {
        fixture.land("gcp/cost/bill.jsonl", line("1", "regular", "[]") + "{\"cost\": oops\n");
        assertThat(failure(fixture.load(Bill.GCP, Map.of())))
                .contains(
                        "1 of 2 lines cannot be read; the first is line 2 of gcp/cost/bill.jsonl");
        fixture.land("gcp/cost/bill.jsonl", line("1e999999999", "regular", "[]"));
        assertThat(failure(fixture.load(Bill.GCP, Map.of()))).contains("column cost");
    }

    @Test
    void the_cloud_source_says_what_to_do_instead() {
        assertThat(failure(fixture.load(Bill.GCP, Map.of("source", "cloud"))))
                .contains("not available yet; put files into the landing zone");
    }

    @Test
    void auto_means_cloud_when_a_credential_was_validated() {
        try (var run = fixture.run(Bill.GCP, Map.of(), LoadFixture.yesterday())) {
            run.credentials.add("GCP");
            assertThat(failure(run.step("source.extract", Bill.GCP.extract())))
                    .startsWith("The cloud source for GCP is not available yet");
        }
    }

    private static String line(String cost, String type, String credits) {
        return """
        {"billing_account_id":"01-A","service":{"id":"6F81","description":"Compute Engine"},\
        "sku":{"id":"S1","description":"Core"},"usage_start_time":"2026-11-20T10:00:00Z",\
        "usage_end_time":"2026-11-20T11:00:00Z","project":{"id":"shop-1","name":"shop",\
        "labels":[{"key":"owner","value":"kim"}]},"labels":[{"key":"env","value":"prod"}],\
        "cost":%s,"currency":"USD","credits":%s,"invoice":{"month":"202611"},"cost_type":"%s",\
        "location":{"location":"us","region":"us-central1"},"usage":{"amount":1.5,"unit":"hour"}}
        """
                .formatted(cost, credits, type);
    }
}
