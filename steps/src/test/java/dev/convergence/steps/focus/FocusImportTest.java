package dev.convergence.steps.focus;

import static dev.convergence.steps.LoadFixture.assertDone;
import static dev.convergence.steps.LoadFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.steps.LoadFixture;
import dev.convergence.steps.LoadFixture.Bill;
import dev.convergence.steps.SharedData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FocusImportTest {

    private static final String HEADER =
            "BilledCost,billingaccountid,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,"
                    + "ChargePeriodEnd,ProviderName,ServiceName,EffectiveCost,Stray\n";
    private static final String SEPTEMBER = "2024-09-01 00:00:00,2024-10-01 00:00:00";

    @TempDir Path directory;
    private LoadFixture fixture;

    @BeforeEach
    void set_up() {
        fixture = new LoadFixture(directory);
    }

    @Test
    void the_real_sample_loads_every_row_with_exact_sums() throws Exception {
        Path sample = SharedData.file("focus/focus_1_0_sample.csv");
        fixture.land("focus/cost/sample.csv", Files.readAllBytes(sample));
        assertDone(fixture.load(Bill.FOCUS, Map.of()));
        assertThat(fixture.number("SELECT count(*) FROM focus_cost_usage")).isEqualTo("1000");
        for (String column : List.of("BilledCost", "EffectiveCost", "ListCost", "ContractedCost")) {
            assertThat(fixture.number("SELECT sum(" + column + ") FROM focus_cost_usage"))
                    .isEqualByComparingTo(sum(sample, column));
        }
        assertThat(fixture.rows("SELECT count(*) FROM focus_1_2"))
                .isEqualTo(List.of(List.of("1000")));
        assertThat(
                        fixture.rows(
                                "SELECT count(*) FROM focus_cost_usage WHERE x_run_id IS NULL"
                                        + " OR x_provider IS NULL OR x_source_file IS NULL OR x_loaded_at IS NULL"))
                .isEqualTo(List.of(List.of("0")));
        assertThat(
                        fixture.rows(
                                "SELECT count(*) FROM focus_cost_usage WHERE ChargeClass = 'NULL'"
                                        + " OR ResourceName = ''"))
                .isEqualTo(List.of(List.of("0")));
    }

    @Test
    void the_real_sample_loaded_twice_leaves_the_same_rows_and_checksums() throws Exception {
        Path sample = SharedData.file("focus/focus_1_0_sample.csv");
        fixture.land("focus/cost/sample.csv", Files.readAllBytes(sample));
        assertDone(fixture.load(Bill.FOCUS, Map.of()));
        List<List<String>> first = figures();
        assertDone(fixture.load(Bill.FOCUS, Map.of("file", "focus/cost/sample.csv")));
        assertThat(figures()).isEqualTo(first);
        assertThat(
                        fixture.rows(
                                "SELECT count(DISTINCT run_id), count(DISTINCT (account, period,"
                                        + " checksum)), count(*) FROM x_meta_loads"))
                .isEqualTo(List.of(List.of("2", "4", "8")));
    }

    @Test
    void a_second_account_adds_and_a_restated_file_replaces_whatever_its_name() throws Exception {
        fixture.land("focus/cost/one.csv", HEADER + row("1.00", "one") + row("2.00", "one"));
        assertDone(fixture.load(Bill.FOCUS, Map.of("file", "focus/cost/one.csv")));
        fixture.land("focus/cost/two.csv", HEADER + row("10.00", "two"));
        assertDone(fixture.load(Bill.FOCUS, Map.of("file", "focus/cost/two.csv")));
        assertThat(fixture.number("SELECT sum(BilledCost) FROM focus_cost_usage"))
                .isEqualByComparingTo("13");
        fixture.land("elsewhere/restated.csv", HEADER + row("5.00", "one"));
        assertDone(fixture.load(Bill.FOCUS, Map.of("file", "elsewhere/*.csv")));
        assertThat(
                        fixture.rows(
                                "SELECT BilledCost, BillingAccountId FROM focus_cost_usage"
                                        + " ORDER BY BilledCost"))
                .isEqualTo(
                        List.of(
                                List.of("5.00000000000000000000", "one"),
                                List.of("10.00000000000000000000", "two")));
    }

    @Test
    void all_files_of_a_run_are_one_load() throws Exception {
        fixture.land("focus/cost/a.csv", HEADER + row("1", "one"));
        fixture.land("focus/cost/b.csv", HEADER + row("2", "one"));
        assertDone(fixture.load(Bill.FOCUS, Map.of()));
        assertThat(fixture.number("SELECT sum(BilledCost) FROM focus_cost_usage"))
                .isEqualByComparingTo("3");
    }

    @Test
    void twenty_decimals_are_exact_and_more_are_rounded_half_to_even() throws Exception {
        fixture.land(
                "focus/cost/a.csv",
                HEADER
                        + row("123456789012345678.12345678901234567891", "one")
                        + row("-0.000000000000000000005", "one")
                        + row("0.000000000000000000015", "one")
                        + row("5.64902E-05", "one"));
        assertDone(fixture.load(Bill.FOCUS, Map.of()));
        assertThat(
                        fixture.rows(
                                "SELECT BilledCost::VARCHAR FROM focus_cost_usage ORDER BY BilledCost DESC"))
                .isEqualTo(
                        List.of(
                                List.of("123456789012345678.12345678901234567891"),
                                List.of("0.00005649020000000000"),
                                List.of("0.00000000000000000002"),
                                List.of("0.00000000000000000000")));
    }

    @Test
    void a_gzipped_file_with_a_byte_order_mark_loads_like_a_plain_one() throws Exception {
        fixture.land("focus/cost/a.csv.gz", gzip("\uFEFF" + HEADER + row("1.5", "one")));
        assertDone(fixture.load(Bill.FOCUS, Map.of()));
        assertThat(fixture.number("SELECT sum(BilledCost) FROM focus_cost_usage"))
                .isEqualByComparingTo("1.5");
    }

    @Test
    void parquet_loads_with_all_its_decimals_and_its_maps() throws Exception {
        Path parquet = directory.resolve("bill.parquet");
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute(
                    """
                    COPY (SELECT 1.12345678901234567890::DECIMAL(38,20) AS BilledCost,
                      'one' AS BillingAccountId, TIMESTAMPTZ '2024-09-01 00:00:00+00' AS BillingPeriodStart,
                      TIMESTAMP '2024-10-01' AS BillingPeriodEnd, TIMESTAMP '2024-09-05' AS ChargePeriodStart,
                      TIMESTAMP '2024-09-06' AS ChargePeriodEnd, 'Microsoft' AS ProviderName,
                      MAP {'env': 'prod'} AS Tags)
                    TO '%s' (FORMAT parquet)
                    """
                            .formatted(parquet));
        }
        fixture.land("focus/cost/a.parquet", Files.readAllBytes(parquet));
        assertDone(fixture.load(Bill.FOCUS, Map.of()));
        assertThat(
                        fixture.rows(
                                "SELECT BilledCost::VARCHAR, Tags->>'env', x_provider,"
                                        + " BillingPeriodStart::VARCHAR FROM focus_cost_usage"))
                .isEqualTo(
                        List.of(
                                List.of(
                                        "1.12345678901234567890",
                                        "prod",
                                        "azure",
                                        "2024-09-01 00:00:00")));
    }

    @Test
    void a_bad_line_fails_the_run_and_is_named_unless_bad_lines_may_be_skipped() throws Exception {
        fixture.land(
                "focus/cost/a.csv", HEADER + row("1", "one") + row("abc", "one") + row("", "one"));
        assertThat(failure(fixture.load(Bill.FOCUS, Map.of())))
                .isEqualTo(
                        "2 of 3 lines cannot be read; the first is line 3 of focus/cost/a.csv,"
                                + " column BilledCost: the value is not a number.");
        assertDone(fixture.load(Bill.FOCUS, Map.of("bad_rows", "skip")));
        assertThat(fixture.number("SELECT count(*) FROM focus_cost_usage")).isEqualTo("1");
    }

    @Test
    void no_file_is_no_rows() {
        assertDone(fixture.load(Bill.FOCUS, Map.of()));
        assertThat(fixture.log.getFirst()).startsWith("Nothing to load");
    }

    @Test
    void asked_days_replace_only_those_days() throws Exception {
        fixture.land("focus/cost/a.csv", HEADER + row("1", "one") + row("2", "one", "2024-09-07"));
        assertDone(fixture.load(Bill.FOCUS, Map.of()));
        fixture.land(
                "focus/cost/a.csv", HEADER + row("10", "one") + row("20", "one", "2024-09-07"));
        assertDone(
                fixture.load(Bill.FOCUS, Map.of(), LoadFixture.days("2024-09-07", "2024-09-07")));
        assertThat(fixture.number("SELECT sum(BilledCost) FROM focus_cost_usage"))
                .isEqualByComparingTo("21");
    }

    private List<List<String>> figures() throws Exception {
        return fixture.rows(
                "SELECT count(*), sum(BilledCost), sum(ListCost), count(DISTINCT ResourceId)"
                        + " FROM focus_cost_usage");
    }

    private static String row(String cost, String account) {
        return row(cost, account, "2024-09-05");
    }

    private static String row(String cost, String account, String day) {
        return "%s,%s,%s,%s 00:00:00,%sT23:00:00Z,AWS,\"Storage, simple\",NULL,x%n"
                .formatted(cost, account, SEPTEMBER, day, day);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /// Adds a column up without our reader: quoted values hold commas, so the quotes decide.
    private static BigDecimal sum(Path csv, String column) throws IOException {
        try (Stream<String> lines = Files.lines(csv)) {
            List<List<String>> rows = lines.map(FocusImportTest::split).toList();
            int index = rows.getFirst().indexOf(column);
            return rows.stream()
                    .skip(1)
                    .map(row -> row.get(index))
                    .filter(value -> !value.equals("NULL"))
                    .map(BigDecimal::new)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        }
    }

    private static List<String> split(String line) {
        return Stream.of(line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1))
                .map(value -> value.replaceAll("^\"|\"$", ""))
                .toList();
    }
}
