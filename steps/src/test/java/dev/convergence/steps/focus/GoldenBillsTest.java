package dev.convergence.steps.focus;

import static dev.convergence.steps.LoadFixture.assertDone;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.steps.LoadFixture;
import dev.convergence.steps.LoadFixture.Bill;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvReadFeature;

/// Small bills written by hand, and the rows of FOCUS that they have to become.
class GoldenBillsTest {

    private static final CsvMapper CSV =
            CsvMapper.builder().enable(CsvReadFeature.WRAP_AS_ARRAY).build();

    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource({
        "aws_cur2, bill.csv, AWS",
        "aws_legacy, bill.csv, AWS",
        "azure_actual, bill.csv, AZURE",
        "azure_amortized, bill.csv, AZURE",
        "azure_german, bill.csv, AZURE",
        "oci, bill.csv, OCI",
        "azure_mca, bill.csv, AZURE",
        "gcp_json, bill.jsonl, GCP",
        "gcp_csv, bill.csv, GCP",
        "openai, bill.jsonl, OPENAI",
        "claude, bill.jsonl, CLAUDE",
        "focus_aws_1_0, bill.csv, FOCUS",
        "focus_azure_1_2, bill.csv, FOCUS",
        "focus_aws_1_2, bill.csv, FOCUS",
        "focus_1_4, bill.csv, FOCUS",
    })
    void a_bill_becomes_these_rows(String name, String file, Bill bill) throws Exception {
        assertRows(new LoadFixture(directory), name, file, bill);
    }

    @ParameterizedTest
    @CsvSource({
        "aws_cur2, bill.csv, AWS",
        "azure_actual, bill.csv, AZURE",
        "gcp_json, bill.jsonl, GCP",
        "focus_1_4, bill.csv, FOCUS",
    })
    void a_long_bill_that_is_staged_on_disk_becomes_the_same_rows(
            String name, String file, Bill bill) throws Exception {
        LoadFixture fixture = new LoadFixture(directory);
        fixture.longLoads = true;
        assertRows(fixture, name, file, bill);
    }

    private static void assertRows(LoadFixture fixture, String name, String file, Bill bill)
            throws Exception {
        fixture.land(bill.provider + "/" + bill.domain + "/" + file, resource(name + "/" + file));
        assertDone(fixture.load(bill, Map.of()));

        List<List<String>> expected =
                table(new String(resource(name + "/expected.csv"), StandardCharsets.UTF_8));
        List<String> columns = expected.getFirst();
        List<List<String>> rows =
                fixture.rows(
                        "SELECT "
                                + columns.stream()
                                        .map(c -> "coalesce(" + c + "::VARCHAR, '')")
                                        .collect(Collectors.joining(", "))
                                + " FROM focus_cost_usage ORDER BY ChargeDescription");
        assertThat(named(columns, rows))
                .isEqualTo(named(columns, expected.subList(1, expected.size())));
    }

    private static List<Map<String, String>> named(List<String> columns, List<List<String>> rows) {
        return rows.stream()
                .map(row -> {
                    Map<String, String> named = new java.util.TreeMap<>();
                    for (int i = 0; i < columns.size(); i++) {
                        named.put(columns.get(i), plain(row.get(i)));
                    }
                    return named;
                })
                .toList();
    }

    private static String plain(String value) {
        return value.matches("-?\\d+\\.\\d{20}")
                ? new BigDecimal(value).signum() == 0
                        ? "0"
                        : new BigDecimal(value).stripTrailingZeros().toPlainString()
                : value;
    }

    private static List<List<String>> table(String csv) {
        List<List<String>> rows = new ArrayList<>();
        try (MappingIterator<String[]> all = CSV.readerFor(String[].class).readValues(csv)) {
            all.forEachRemaining(row -> rows.add(List.of(row)));
        }
        return rows;
    }

    private static byte[] resource(String name) throws IOException {
        try (var file = GoldenBillsTest.class.getResourceAsStream("/golden/" + name)) {
            return Objects.requireNonNull(file, name).readAllBytes();
        }
    }
}
