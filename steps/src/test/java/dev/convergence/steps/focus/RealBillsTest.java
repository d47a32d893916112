package dev.convergence.steps.focus;

import static dev.convergence.steps.LoadFixture.assertDone;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.steps.LoadFixture;
import dev.convergence.steps.LoadFixture.Bill;
import dev.convergence.steps.SharedData;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bills that others wrote, against a reader of this test's own.
class RealBillsTest {

    @TempDir Path directory;

    @Test
    void the_legacy_aws_report_has_its_rows_and_its_sum_of_each_service() throws Exception {
        Path bill = SharedData.file("aws/legacy_cur_sample.csv");
        LoadFixture fixture = loaded(bill, Bill.AWS);
        assertThat(fixture.number("SELECT count(*) FROM aws_cost_line_items")).isEqualTo("1281");
        assertThat(perService(fixture))
                .isEqualTo(
                        sums(
                                bill,
                                "lineItem/UnblendedCost",
                                row ->
                                        first(
                                                row,
                                                "product/servicename",
                                                "product/ProductName",
                                                "lineItem/ProductCode")));
        assertThat(
                        fixture.rows(
                                "SELECT ChargeCategory, count(*) FROM focus_cost_usage GROUP BY 1 ORDER BY 1"))
                .isEqualTo(List.of(List.of("Tax", "12"), List.of("Usage", "1269")));
        assertThat(fixture.log)
                .contains("Read 1281 rows of 1 file: AWS Cost and Usage Report (legacy).");
    }

    @Test
    void the_azure_export_has_its_rows_its_sums_its_tags_and_an_exclusive_period_end()
            throws Exception {
        Path bill = SharedData.file("azure/ea_actual_cost_sample.csv");
        LoadFixture fixture = loaded(bill, Bill.AZURE);
        assertThat(perService(fixture))
                .isEqualTo(sums(bill, "CostInBillingCurrency", row -> first(row, "MeterCategory")));
        assertThat(
                        fixture.rows(
                                "SELECT count(*), count(DISTINCT BillingPeriodEnd),"
                                        + " min(BillingPeriodEnd)::VARCHAR, min(Tags->>'tagA'), min(BillingCurrency),"
                                        + " count(*) FILTER (WHERE RegionId = 'centralus')"
                                        + " FROM focus_cost_usage"))
                .isEqualTo(
                        List.of(
                                List.of(
                                        "27",
                                        "1",
                                        "2023-10-01 00:00:00",
                                        "valueA",
                                        "CAD",
                                        String.valueOf(
                                                records(bill).stream()
                                                        .filter(row ->
                                                                first(row, "ResourceLocation")
                                                                        .equalsIgnoreCase(
                                                                                "CentralUS"))
                                                        .count()))));
    }

    @Test
    void the_focus_sample_has_its_sum_of_each_service() throws Exception {
        Path bill = SharedData.file("focus/focus_1_0_sample.csv");
        LoadFixture fixture = loaded(bill, Bill.FOCUS);
        assertThat(perService(fixture))
                .isEqualTo(sums(bill, "BilledCost", row -> first(row, "ServiceName")));
    }

    private LoadFixture loaded(Path file, Bill bill) throws Exception {
        LoadFixture fixture = new LoadFixture(directory);
        fixture.land(bill.provider + "/cost/bill.csv", Files.readAllBytes(file));
        assertDone(fixture.load(bill, Map.of()));
        return fixture;
    }

    /// Rows and cost of each service, as they were loaded.
    private static Map<String, String> perService(LoadFixture fixture) throws Exception {
        Map<String, String> sums = new TreeMap<>();
        fixture.rows(
                        "SELECT ServiceName, count(*), sum(BilledCost)::VARCHAR FROM focus_cost_usage"
                                + " GROUP BY 1")
                .forEach(row ->
                        sums.put(row.get(0), row.get(1) + " " + plain(new BigDecimal(row.get(2)))));
        return sums;
    }

    private static Map<String, String> sums(
            Path file, String cost, Function<Map<String, String>, String> service)
            throws IOException {
        Map<String, BigDecimal> sums = new TreeMap<>();
        Map<String, Integer> rows = new TreeMap<>();
        for (Map<String, String> row : records(file)) {
            String text = first(row, cost);
            sums.merge(
                    service.apply(row),
                    text.isEmpty() ? BigDecimal.ZERO : new BigDecimal(text),
                    BigDecimal::add);
            rows.merge(service.apply(row), 1, Integer::sum);
        }
        Map<String, String> texts = new TreeMap<>();
        sums.forEach((name, sum) -> texts.put(name, rows.get(name) + " " + plain(sum)));
        return texts;
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private static String first(Map<String, String> row, String... names) {
        for (String name : names) {
            String value = row.getOrDefault(name, "");
            if (!value.isEmpty() && !value.equals("NULL")) {
                return value;
            }
        }
        return "";
    }

    /// Records by name, taken apart letter by letter.
    private static List<Map<String, String>> records(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        List<List<String>> all = new ArrayList<>(List.of(new ArrayList<>()));
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        for (int i = text.startsWith("\uFEFF") ? 1 : 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter == '"') {
                boolean twice = quoted && i + 1 < text.length() && text.charAt(i + 1) == '"';
                if (twice) {
                    value.append(text.charAt(++i));
                } else {
                    quoted = !quoted;
                }
            } else if (!quoted && (letter == ',' || letter == '\n')) {
                all.getLast().add(value.toString().strip());
                value.setLength(0);
                if (letter == '\n') {
                    all.add(new ArrayList<>());
                }
            } else {
                value.append(letter);
            }
        }
        all.getLast().add(value.toString().strip());
        return all.stream()
                .skip(1)
                .filter(r -> r.size() > 1)
                .map(r -> named(all.getFirst(), r))
                .toList();
    }

    private static Map<String, String> named(List<String> names, List<String> values) {
        Map<String, String> record = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            record.put(names.get(i), values.get(i));
        }
        return record;
    }
}
