package dev.convergence.steps.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.step.DateWindow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SampleBillsTest {

    private static final TenantId ACME = new TenantId("acme_corp");
    private static final LocalDate FIRST = LocalDate.of(2026, 10, 30);
    private static final DateWindow THREE_DAYS = new DateWindow(FIRST, FIRST.plusDays(2), true);

    @TempDir Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gcp_billing",
                "aws_cur",
                "azure_cost",
                "oci_cost",
                "focus",
                "openai_usage",
                "claude_usage",
                "gcp_findings",
                "azure_policy_states",
                "aws_security_hub",
                "azure_assessments",
                "gcp_assets"
            })
    void the_same_call_writes_the_same_bytes_and_another_tenant_others(String format)
            throws IOException {
        byte[] once = Files.readAllBytes(write(format, ACME, "once", Map.of()));
        byte[] again = Files.readAllBytes(write(format, ACME, "again", Map.of()));
        byte[] other =
                Files.readAllBytes(write(format, new TenantId("globex_inc"), "other", Map.of()));

        assertThat(again).isEqualTo(once);
        assertThat(other).isNotEqualTo(once);
    }

    @ParameterizedTest
    @CsvSource({
        "gcp_billing, 120, cost",
        "aws_cur, 120, line_item_unblended_cost",
        "azure_cost, 120, CostInBillingCurrency",
        "oci_cost, 120, cost/myCost",
        "focus, 120, BilledCost",
        "openai_usage, 36, amount.value",
        "claude_usage, 27, amount",
    })
    void each_bill_has_its_rows_and_amounts_of_at_most_ten_decimals(
            String format, int rows, String cost) throws Exception {
        Path file = write(format, ACME, "bill", Map.of());

        List<String> amounts = texts(file, cost);

        assertThat(amounts).hasSize(rows);
        assertThat(amounts).allMatch(text -> text.matches("-?\\d+(\\.\\d{1,10})?"), "exact");
        assertThat(new HashSet<>(amounts)).hasSizeGreaterThan(rows / 2);
    }

    @Test
    void google_bills_hold_every_cost_type_and_credits() throws Exception {
        Path file = write("gcp_billing", ACME, "bill", Map.of());

        assertThat(texts(file, "cost_type"))
                .contains("regular", "tax", "adjustment", "rounding_error");
        assertThat(texts(file, "credits[0].amount")).filteredOn("null"::equals).isNotEmpty();
        assertThat(texts(file, "credits[0].amount")).anyMatch(amount -> amount.startsWith("-"));
        assertThat(texts(file, "billing_account_id"))
                .allMatch(account -> account.matches("[0-9A-F]{6}(-[0-9A-F]{6}){2}"));
    }

    @Test
    void the_first_hours_of_a_month_stand_on_googles_invoice_of_the_month_before()
            throws Exception {
        DateWindow first =
                new DateWindow(LocalDate.of(2026, 11, 1), LocalDate.of(2026, 11, 1), true);
        Path file =
                new SampleBills().write("gcp_billing", ACME, first, Map.of(), directory).getFirst();

        assertThat(new HashSet<>(texts(file, "invoice.month")))
                .containsExactlyInAnyOrder("202610", "202611");
    }

    @Test
    void amazon_bills_hold_commitments_tax_credit_and_refund_and_covered_usage_is_negated_exactly()
            throws Exception {
        Path file = write("aws_cur", ACME, "bill", Map.of());

        assertThat(texts(file, "line_item_line_item_type"))
                .contains(
                        "Usage",
                        "Refund",
                        "SavingsPlanRecurringFee",
                        "DiscountedUsage",
                        "RIFee",
                        "Tax",
                        "Credit");
        assertThat(
                        one(
                                "SELECT sum(CAST(line_item_unblended_cost AS DECIMAL(38,20))) FROM "
                                        + table(file)
                                        + " WHERE line_item_line_item_type IN ('SavingsPlanCoveredUsage', 'SavingsPlanNegation')"))
                .isEqualTo("0E-20");
    }

    @Test
    void a_day_has_the_same_lines_in_every_window() throws IOException {
        DateWindow one = new DateWindow(FIRST.plusDays(1), FIRST.plusDays(1), true);
        Path day =
                new SampleBills().write("gcp_billing", ACME, one, Map.of(), directory).getFirst();
        Path all = write("gcp_billing", ACME, "all", Map.of());

        assertThat(Files.readAllLines(all)).containsAll(Files.readAllLines(day)).hasSize(120);
    }

    @Test
    void late_lines_are_missing_from_the_first_edition_only() throws IOException {
        long first = lines(Map.of("sample_late_percent", 30));
        long second = lines(Map.of("sample_late_percent", 30, "sample_edition", 2));

        assertThat(first).isBetween(60L, 110L);
        assertThat(second).isEqualTo(120);
    }

    @Test
    void restated_lines_differ_from_the_second_edition_on() throws IOException {
        Map<String, Object> first = Map.of("sample_restated_percent", 30);
        Map<String, Object> second = Map.of("sample_restated_percent", 30, "sample_edition", 2);
        List<String> before = Files.readAllLines(write("gcp_billing", ACME, "before", first));
        List<String> after = Files.readAllLines(write("gcp_billing", ACME, "after", second));

        assertThat(after).hasSameSizeAs(before);
        assertThat(after.stream().filter(line -> !before.contains(line)).count())
                .isBetween(10L, 60L);
        assertThat(before)
                .isEqualTo(Files.readAllLines(write("gcp_billing", ACME, "plain", Map.of())));
    }

    @Test
    void so_many_rows_are_broken_as_asked() throws Exception {
        Map<String, Object> three = Map.of("sample_broken_rows", 3);
        Path csv = write("focus", ACME, "broken", three);
        List<String> json = Files.readAllLines(write("gcp_billing", ACME, "broken", three));

        assertThat(texts(csv, "BilledCost")).filteredOn("not-a-number"::equals).hasSize(3);
        assertThat(json.stream().filter(line -> !line.endsWith("}")).count()).isEqualTo(3);
    }

    @Test
    void lines_of_a_months_end_can_be_billed_in_the_next() throws Exception {
        Path file = write("focus", ACME, "cross", Map.of("sample_cross_month_percent", 100));

        assertThat(texts(file, "BillingPeriodStart"))
                .filteredOn("2026-11-01T00:00:00Z"::equals)
                .hasSize(120);
        assertThat(texts(write("focus", ACME, "plain", Map.of()), "BillingPeriodStart"))
                .filteredOn("2026-10-01T00:00:00Z"::equals)
                .hasSize(80);
    }

    @Test
    void a_knob_that_cannot_be_is_refused_by_its_name() {
        assertThatThrownBy(() -> write("focus", ACME, "x", Map.of("sample_late_percent", 101)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("sample_late_percent");
        assertThatThrownBy(() -> write("focus", ACME, "x", Map.of("sample_rows_per_day", "many")))
                .hasMessageContaining("sample_rows_per_day");
        assertThatThrownBy(() -> write("../focus", ACME, "x", Map.of()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("format");
    }

    private long lines(Map<String, Object> knobs) throws IOException {
        return Files.readAllLines(write("gcp_billing", ACME, "lines", knobs)).size();
    }

    private Path write(String format, TenantId tenant, String folder, Map<String, Object> knobs)
            throws IOException {
        return new SampleBills()
                .write(format, tenant, THREE_DAYS, knobs, directory.resolve(folder))
                .getFirst();
    }

    private static String table(Path file) {
        return file.toString().endsWith(".jsonl")
                ? "read_json_objects('" + file + "', format = 'newline_delimited')"
                : "read_csv('" + file + "', all_varchar = true, header = true)";
    }

    private static List<String> texts(Path file, String column) throws SQLException {
        boolean json = file.toString().endsWith(".jsonl");
        String value = json ? "json ->> '$." + column + "'" : "\"" + column + "\"";
        return all("SELECT coalesce(" + value + ", 'null') FROM " + table(file));
    }

    private static String one(String sql) throws SQLException {
        return all(sql).getFirst();
    }

    private static List<String> all(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new java.util.ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }
}
