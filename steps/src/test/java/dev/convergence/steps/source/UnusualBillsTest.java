package dev.convergence.steps.source;

import static dev.convergence.steps.LoadFixture.assertDone;
import static dev.convergence.steps.LoadFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.step.StepOutcome;
import dev.convergence.steps.LoadFixture;
import dev.convergence.steps.LoadFixture.Bill;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files as they come from spreadsheets, other tools and other countries: read exactly, or refused
/// with a sentence that says what to do.
class UnusualBillsTest {

    private static final String HEADER =
            "BilledCost,EffectiveCost,BillingAccountId,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,"
                    + "ChargePeriodStart,ChargePeriodEnd,ProviderName,ServiceName,Tags,ChargeDescription\n";
    private static final String SUM =
            "SELECT sum(BilledCost)::DECIMAL(38,20)::VARCHAR FROM focus_cost_usage";

    @TempDir Path directory;
    private LoadFixture fixture;

    @BeforeEach
    void set_up() {
        fixture = new LoadFixture(directory);
    }

    @Test
    void a_mark_at_the_start_and_windows_line_ends() throws Exception {
        land("\uFEFF" + (HEADER + row("1.5") + row("2")).replace("\n", "\r\n"));
        assertDone(load());
        assertThat(
                        fixture.rows(
                                "SELECT count(*), sum(BilledCost)::INT * 2 FROM focus_cost_usage WHERE ChargeDescription = 'd'"))
                .isEqualTo(List.of(List.of("2", "8")));
    }

    @Test
    void quotes_with_commas_and_new_lines_in_them() throws Exception {
        land(HEADER + row("1").replace(",d\n", ",\"a, \"\"b\"\"\r\nc\"\n") + row("2"));
        assertDone(load());
        assertThat(
                        fixture.rows(
                                "SELECT replace(replace(ChargeDescription, chr(13), '\\r'), chr(10), '\\n')"
                                        + " FROM focus_cost_usage ORDER BY BilledCost"))
                .isEqualTo(List.of(List.of("a, \"b\"\\r\\nc"), List.of("d")));
    }

    @ParameterizedTest
    @CsvSource({
        "-0.00, 0.00000000000000000000",
        "1e-7, 0.00000010000000000000",
        "1.5E+3, 1500.00000000000000000000",
        "-1E-20, -0.00000000000000000001",
        "0.123456789012345678905, 0.12345678901234567890",
        "0.123456789012345678915, 0.12345678901234567892",
        "-0.1234567890123456789051, -0.12345678901234567891",
        "123456789012345678.12345678901234567890, 123456789012345678.12345678901234567890",
        "' 7 ', 7.00000000000000000000",
        "+3, 3.00000000000000000000",
        ".5, 0.50000000000000000000",
    })
    void amounts_are_what_they_say(String written, String exact) throws Exception {
        land(HEADER + row("\"" + written + "\""));
        assertDone(load());
        assertThat(fixture.rows(SUM)).isEqualTo(List.of(List.of(exact)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1,234.50",
                "1.234,50",
                "$5",
                "NaN",
                "Infinity",
                "1e30",
                "0x10",
                "1_000",
                "five",
                "5 EUR",
                "--1"
            })
    void what_is_no_amount_is_a_bad_line_and_never_a_guess(String written) throws Exception {
        land(HEADER + row("1") + row("\"" + written + "\""));
        assertThat(failure(load()))
                .contains("1 of 2 lines cannot be read")
                .contains("column BilledCost");
    }

    @Test
    void a_file_with_nothing_but_its_header_loads_nothing_and_takes_nothing_away()
            throws Exception {
        land(HEADER + row("1"));
        assertDone(load());
        land(HEADER);
        assertDone(load());
        land(HEADER.strip());
        assertDone(load());
        land("");
        assertDone(load());
        assertThat(fixture.number("SELECT sum(BilledCost) FROM focus_cost_usage"))
                .isEqualByComparingTo("1");
    }

    @Test
    void columns_in_another_order_and_blanks_around_their_names() throws Exception {
        String[] names = HEADER.strip().split(",");
        String[] values = row("7").strip().split(",");
        StringBuilder header = new StringBuilder();
        StringBuilder line = new StringBuilder();
        for (int i = names.length - 1; i >= 0; i--) {
            header.append(' ').append(names[i]).append(i == 0 ? "\n" : " ,");
            line.append(values[i]).append(i == 0 ? "\n" : ",");
        }
        land(header.toString() + line);
        assertDone(load());
        assertThat(fixture.rows("SELECT BilledCost::INT, ChargeDescription FROM focus_cost_usage"))
                .isEqualTo(List.of(List.of("7", "d")));
    }

    @Test
    void values_between_bars() throws Exception {
        land((HEADER + row("1.5") + row("2")).replace(',', '|'));
        assertDone(load());
        assertThat(fixture.rows(SUM)).isEqualTo(List.of(List.of("3.50000000000000000000")));
    }

    @Test
    void a_column_that_is_named_twice_is_refused() throws Exception {
        land(HEADER.strip() + ",BilledCost\n" + row("1").strip() + ",100\n");
        assertThat(failure(load()))
                .isEqualTo("file: focus/cost/a.csv names the column BilledCost twice.");
    }

    @Test
    void tags_of_ten_thousand_letters_and_with_quotes() throws Exception {
        String tags =
                "{\"team\": \"a \\\"b\\\" \\u00e9\", \"long\": \"" + "x".repeat(10_000) + "\"}";
        land(HEADER + row("1").replace(",,d", ",\"" + tags.replace("\"", "\"\"") + "\",d"));
        assertDone(load());
        assertThat(
                        fixture.rows(
                                "SELECT Tags->>'team', length(Tags->>'long') FROM focus_cost_usage"))
                .isEqualTo(List.of(List.of("a \"b\" \u00e9", "10000")));
    }

    @Test
    void letters_that_are_no_utf_8_in_the_middle_of_a_file() throws Exception {
        byte[] good = (HEADER + row("1").repeat(500)).getBytes(StandardCharsets.UTF_8);
        good[good.length - 3] = (byte) 0xE9;
        fixture.land("focus/cost/a.csv", good);
        assertThat(failure(load())).isEqualTo("file: focus/cost/a.csv is not UTF-8 text.");
    }

    @Test
    void a_zip_archive_is_told_from_gzip() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("a.csv"));
            zip.write((HEADER + row("1")).getBytes(StandardCharsets.UTF_8));
        }
        fixture.land("focus/cost/a.csv.gz", bytes.toByteArray());
        assertThat(failure(load()))
                .isEqualTo(
                        "file: focus/cost/a.csv.gz is a zip archive; unpack it, or pack the file with gzip.");
    }

    @Test
    void gzip_of_several_members_is_one_file() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String part : List.of(HEADER + row("1"), row("2"), row("4"))) {
            try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
                out.write(part.getBytes(StandardCharsets.UTF_8));
            }
        }
        fixture.land("focus/cost/a.csv.gz", bytes.toByteArray());
        assertDone(load());
        assertThat(fixture.number("SELECT sum(BilledCost) FROM focus_cost_usage"))
                .isEqualByComparingTo("7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-10-05T00:00:00",
                "2026-10-05 00:00:00",
                "2026-10-05T00:00:00Z",
                "2026-10-05T00:00:00.000Z",
                "2026-10-05 00:00:00+00",
                "2026-10-05 00:00:00 UTC",
                "2026-10-05T02:00:00+02:00",
                "2026-10-04T16:00:00-08:00",
                "2026-10-05T00:00Z",
                "2026-10-05",
                "10/05/2026",
            })
    void times_with_and_without_a_zone_are_utc(String written) throws Exception {
        land(HEADER + row("1").replace("2026-10-05T00:00:00Z", written));
        assertDone(load());
        assertThat(fixture.rows("SELECT ChargePeriodStart::VARCHAR FROM focus_cost_usage"))
                .isEqualTo(List.of(List.of("2026-10-05 00:00:00")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2026-13-05T00:00:00Z", "2026-02-30", "22.11.2026", "yesterday", "20261005"})
    void what_is_no_time_is_a_bad_line(String written) throws Exception {
        land(HEADER + row("1") + row("2").replace("2026-10-05T00:00:00Z", written));
        assertThat(failure(load())).contains("column ChargePeriodStart: the value is not a time");
    }

    @Test
    void a_day_that_no_calendar_has_is_none_in_json_either() throws Exception {
        fixture.land(
                "openai/observability/a.jsonl",
                "{\"date\":\"2026-02-30\",\"organization_id\":\"o\",\"model\":\"m\",\"output_tokens\":1}\n");
        assertThat(failure(fixture.load(Bill.OPENAI, Map.of())))
                .contains("column usage_date: the value is not a time");
    }

    @Test
    void a_renamed_column_is_refused_by_the_name_that_is_missing_and_nothing_changes()
            throws Exception {
        land(HEADER + row("1"));
        assertDone(load());
        land(HEADER.replace("BilledCost", "Billed") + row("2"));
        assertThat(failure(load())).contains("FOCUS").contains("it lacks BilledCost");
        assertThat(fixture.number("SELECT sum(BilledCost) FROM focus_cost_usage"))
                .isEqualByComparingTo("1");
    }

    @Test
    void amounts_whose_sum_no_column_can_hold_are_refused_and_nothing_changes() throws Exception {
        land(HEADER + row("1"));
        assertDone(load());
        land(HEADER + row("999999999999999999").repeat(3));
        assertThat(failure(load())).contains("BilledCost").contains("more than");
        assertThat(fixture.number("SELECT sum(BilledCost) FROM focus_cost_usage"))
                .isEqualByComparingTo("1");
    }

    @Test
    void a_file_that_spans_two_months_replaces_both() throws Exception {
        String november =
                row("5").replace("2026-11-01", "2026-12-01").replace("2026-10", "2026-11");
        land(HEADER + row("1") + november);
        assertDone(load());
        land(HEADER + row("2") + november);
        assertDone(load());
        assertThat(
                        fixture.rows(
                                "SELECT strftime(BillingPeriodStart, '%m'), sum(BilledCost)::INT"
                                        + " FROM focus_cost_usage GROUP BY 1 ORDER BY 1"))
                .isEqualTo(List.of(List.of("10", "2"), List.of("11", "5")));
    }

    private StepOutcome load() {
        return fixture.load(Bill.FOCUS, Map.of());
    }

    private void land(String text) throws IOException {
        fixture.land("focus/cost/a.csv", text);
    }

    private static String row(String cost) {
        return cost
                + ",1,one,USD,2026-10-01T00:00:00Z,2026-11-01T00:00:00Z,2026-10-05T00:00:00Z,2026-10-06T00:00:00Z,AWS,s,,d\n";
    }
}
