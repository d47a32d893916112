package dev.convergence.steps.source;

import static dev.convergence.steps.LoadFixture.assertDone;
import static dev.convergence.steps.LoadFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.step.StepOutcome;
import dev.convergence.steps.LoadFixture;
import dev.convergence.steps.LoadFixture.Bill;
import dev.convergence.steps.quality.QualityCheckStep;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every kind of damage: a clear error or a quarantine, and what was loaded before is untouched.
class DamagedBillsTest {

    private static final String HEADER =
            "BilledCost,EffectiveCost,BillingAccountId,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,"
                    + "ChargePeriodStart,ChargePeriodEnd,ProviderName,ServiceName\n";

    @TempDir Path directory;
    private LoadFixture fixture;

    @BeforeEach
    void load_a_good_bill() throws Exception {
        fixture = new LoadFixture(directory);
        land("a.csv", HEADER + row("1.25", "USD") + row("2", "USD"));
        assertDone(fixture.load(Bill.FOCUS, Map.of()));
    }

    @AfterEach
    void its_rows_are_untouched() throws Exception {
        assertThat(
                        fixture.number(
                                "SELECT sum(BilledCost) FROM focus_cost_usage WHERE BillingAccountId = 'one'"))
                .isEqualByComparingTo("3.25");
    }

    @Test
    void a_gzip_file_that_is_cut_off() throws Exception {
        byte[] whole = gzip(HEADER + row("5", "USD").repeat(500));
        fixture.land("focus/cost/a.csv", Arrays.copyOf(whole, whole.length - 20));
        assertThat(failure(load())).isEqualTo("file: focus/cost/a.csv is not a whole gzip file.");
    }

    @Test
    void ragged_lines() throws Exception {
        land("a.csv", HEADER + row("5", "USD") + "1,2,3\n");
        assertThat(failure(load()))
                .contains("1 of 2 lines cannot be read")
                .contains("line 3 of focus/cost/a.csv: it has 3 values, the first line names 10");
    }

    @Test
    void values_of_the_wrong_type() throws Exception {
        land(
                "a.csv",
                HEADER
                        + row("five", "USD")
                        + row("5", "USD").replace("2026-10-05T00", "yesterday"));
        assertThat(failure(load()))
                .contains("2 of 2 lines")
                .contains("column BilledCost: the value is not a number");
    }

    @Test
    void the_same_file_twice() throws Exception {
        land("a.csv", HEADER + row("5", "USD"));
        fixture.land("focus/cost/b.csv.gz", gzip(HEADER + row("5", "USD")));
        assertThat(failure(load()))
                .isEqualTo(
                        "file: focus/cost/b.csv.gz holds the same bytes as focus/cost/a.csv; leave one of them out.");
    }

    @Test
    void the_same_page_twice() throws Exception {
        String bucket =
                "{\"start_time\":1794268800,\"results\":[{\"amount\":{\"value\":1,\"currency\":\"usd\"}}]}";
        String page = "{\"data\":[" + bucket + "],\"has_more\":true,\"next_page\":\"%s\"}\n";
        fixture.land("openai/observability/a.jsonl", page.formatted("p2") + page.formatted("p3"));
        assertThat(failure(fixture.load(Bill.OPENAI, Map.of())))
                .contains("was a page saved twice?");
    }

    @Test
    void two_currencies_in_one_account_and_month() throws Exception {
        land("a.csv", HEADER + row("5", "USD") + row("5", "EUR"));
        try (var run = fixture.run(Bill.FOCUS, Map.of(), LoadFixture.yesterday())) {
            assertDone(run.step("source.extract", Bill.FOCUS.extract()));
            StepOutcome checked =
                    new QualityCheckStep().run(run.context(Map.of("suite", "focus_cost_usage")));
            assertThat(failure(checked))
                    .contains("dq11_one_currency")
                    .contains("Nothing was loaded");
        }
    }

    @Test
    void lines_in_quarantine_are_told_with_their_reasons_and_the_others_are_loaded()
            throws Exception {
        land(
                "a.csv",
                HEADER
                        + other(row("7", "USD"))
                        + other(row("x", "USD"))
                        + other(row("y", "USD"))
                        + "1,2\n");
        StepOutcome extracted;
        try (var run =
                fixture.run(
                        Bill.FOCUS, Map.of("bad_rows", "quarantine"), LoadFixture.yesterday())) {
            extracted = run.step("source.extract", Bill.FOCUS.extract());
            assertDone(run.step("warehouse.publish", Map.of("tables", Bill.FOCUS.tables())));
        }
        assertThat(((StepOutcome.Done) extracted).facts())
                .containsEntry("bad_rows_skipped", 3L)
                .containsEntry(
                        "bad_row_reasons",
                        Map.of(
                                "BilledCost: the value is not a number", 2L,
                                "it has 2 values, the first line names 10", 1L));
        assertThat(
                        fixture.rows(
                                "SELECT line, column_name, x_source_file FROM x_meta_bad_rows ORDER BY line"))
                .isEqualTo(
                        List.of(
                                List.of("3", "BilledCost", "focus/cost/a.csv"),
                                List.of("4", "BilledCost", "focus/cost/a.csv"),
                                List.of("5", "null", "focus/cost/a.csv")));
        assertThat(
                        fixture.number(
                                "SELECT sum(BilledCost) FROM focus_cost_usage WHERE BillingAccountId = 'two'"))
                .isEqualByComparingTo("7");
    }

    @Test
    void a_file_that_is_no_text() throws Exception {
        fixture.land("focus/cost/a.csv", new byte[] {(byte) 0xC3, 0x28, 0x41, (byte) 0xFF});
        assertThat(failure(load())).isEqualTo("file: focus/cost/a.csv is not UTF-8 text.");
    }

    private StepOutcome load() {
        return fixture.load(Bill.FOCUS, Map.of());
    }

    private void land(String name, String text) throws IOException {
        Path file = fixture.land("focus/cost/" + name, text);
        assertThat(Files.size(file)).isPositive();
    }

    private static String other(String row) {
        return row.replace(",one,", ",two,");
    }

    private static String row(String cost, String currency) {
        return "%s,1,one,%s,2026-10-01T00:00:00Z,2026-11-01T00:00:00Z,2026-10-05T00:00:00Z,2026-10-06T00:00:00Z,AWS,s%n"
                .formatted(cost, currency);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
