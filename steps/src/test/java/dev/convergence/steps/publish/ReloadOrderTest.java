package dev.convergence.steps.publish;

import static dev.convergence.steps.LoadFixture.assertDone;
import static dev.convergence.steps.LoadFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.step.DateWindow;
import dev.convergence.steps.LoadFixture;
import dev.convergence.steps.LoadFixture.Bill;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Late, restated and cross-month lines, loaded in any order: the data set always holds what a
/// model says that replaces by hand.
class ReloadOrderTest {

    private static final LocalDate FIRST = LocalDate.of(2026, 10, 28);
    private static final int DAYS = 7;
    private static final String HEADER =
            "BilledCost,EffectiveCost,BillingAccountId,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,"
                    + "ChargePeriodStart,ChargePeriodEnd,ProviderName,ServiceName\n";

    @TempDir Path directory;
    private LoadFixture fixture;

    @BeforeEach
    void set_up() {
        fixture = new LoadFixture(directory);
    }

    /// A line of the bill: billed in a month that need not be the one of its day.
    private record Line(String account, LocalDate day, LocalDate month, BigDecimal cost) {

        String csv() {
            return "%s,%s,%s,USD,%sT00:00:00Z,%sT00:00:00Z,%sT00:00:00Z,%sT00:00:00Z,AWS,s%n"
                    .formatted(
                            cost, cost, account, month, month.plusMonths(1), day, day.plusDays(1));
        }

        String key() {
            return account + " " + month + " " + day;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void sums_are_exact_after_every_load_of_any_order(long seed) throws Exception {
        Random dice = new Random(seed);
        List<Line> model = new ArrayList<>();
        for (int load = 0; load < 8; load++) {
            List<Line> export = export(dice);
            write(export);
            if (dice.nextInt(3) > 0) {
                assertDone(fixture.load(Bill.FOCUS, Map.of()));
                replacePeriods(model, export);
            } else {
                LocalDate start = FIRST.plusDays(dice.nextInt(DAYS));
                LocalDate end = start.plusDays(dice.nextInt(3));
                assertDone(fixture.load(Bill.FOCUS, Map.of(), new DateWindow(start, end, true)));
                replaceDays(model, export, start, end);
            }
            assertThat(loaded()).as("load %d of seed %d", load, seed).isEqualTo(sums(model));
        }
    }

    @Test
    void the_same_bill_twice_changes_nothing_and_has_the_same_checksum() throws Exception {
        write(export(new Random(7)));
        assertDone(fixture.load(Bill.FOCUS, Map.of()));
        Map<String, String> before = loaded();
        assertDone(fixture.load(Bill.FOCUS, Map.of()));
        assertThat(loaded()).isEqualTo(before);
        assertThat(
                        fixture.rows(
                                "SELECT count(DISTINCT run_id) = 2 AND count(*) = 2 * count(DISTINCT"
                                        + " (account, period, checksum, cost, row_count)) FROM x_meta_loads"))
                .isEqualTo(List.of(List.of("true")));
    }

    @Test
    void a_load_that_fails_in_its_last_file_leaves_all_as_it_was() throws Exception {
        write(export(new Random(8)));
        assertDone(fixture.load(Bill.FOCUS, Map.of()));
        Map<String, String> before = loaded();
        write(export(new Random(9)));
        fixture.land("focus/cost/z.csv", HEADER + "oops,1,a\n");
        assertThat(failure(fixture.load(Bill.FOCUS, Map.of()))).contains("focus/cost/z.csv");
        assertThat(loaded()).isEqualTo(before);
    }

    @Test
    void a_report_of_days_replaces_the_days_that_are_in_it() throws Exception {
        fixture.land(
                "openai/observability/a.jsonl",
                usage("2026-11-01", "1") + usage("2026-11-02", "2"));
        assertDone(fixture.load(Bill.OPENAI, Map.of()));
        fixture.land(
                "openai/observability/a.jsonl",
                usage("2026-11-02", "20") + usage("2026-11-03", "30"));
        assertDone(fixture.load(Bill.OPENAI, Map.of()));
        assertThat(
                        fixture.rows(
                                "SELECT (SELECT sum(cost)::INT FROM ai_usage_daily), sum(BilledCost)::INT,"
                                        + " count(*) FROM focus_cost_usage"))
                .isEqualTo(List.of(List.of("51", "51", "3")));
    }

    private static String usage(String day, String cost) {
        return """
        {"date":"%s","organization_id":"o","model":"m","output_tokens":1,"amount":{"value":%s,"currency":"usd"}}
        """
                .formatted(day, cost);
    }

    /// An export of one or two accounts: some days of theirs, some lines billed a month later.
    private static List<Line> export(Random dice) {
        List<Line> lines = new ArrayList<>();
        for (String account : dice.nextBoolean() ? List.of("a", "b") : List.of("a")) {
            int from = dice.nextInt(DAYS);
            for (int day = from; day < DAYS; day++) {
                for (int i = dice.nextInt(4); i > 0; i--) {
                    lines.add(line(dice, account, FIRST.plusDays(day)));
                }
            }
            lines.add(line(dice, account, FIRST.plusDays(from)));
        }
        return lines;
    }

    private static Line line(Random dice, String account, LocalDate day) {
        LocalDate month = day.withDayOfMonth(1).plusMonths(dice.nextInt(4) == 0 ? 1 : 0);
        BigDecimal cost = BigDecimal.valueOf(dice.nextLong(-1_000_000, 9_000_000), 10);
        return new Line(account, day, month, cost);
    }

    private static void replacePeriods(List<Line> model, List<Line> export) {
        Set<String> periods = new HashSet<>();
        export.forEach(line -> periods.add(line.account + line.month));
        replace(model, export, line -> periods.contains(line.account + line.month));
    }

    private static void replaceDays(
            List<Line> model, List<Line> export, LocalDate start, LocalDate end) {
        Set<String> accounts = new HashSet<>();
        export.forEach(line -> accounts.add(line.account));
        Predicate<Line> inWindow = line -> !line.day.isBefore(start) && !line.day.isAfter(end);
        replace(
                model,
                export.stream().filter(inWindow).toList(),
                inWindow.and(line -> accounts.contains(line.account)));
    }

    private static void replace(List<Line> model, List<Line> by, Predicate<Line> replaced) {
        model.removeIf(replaced);
        model.addAll(by);
    }

    private void write(List<Line> lines) throws Exception {
        StringBuilder csv = new StringBuilder(HEADER);
        lines.forEach(line -> csv.append(line.csv()));
        fixture.land("focus/cost/a.csv", csv.toString());
    }

    private static Map<String, String> sums(List<Line> lines) {
        Map<String, List<Line>> groups = new TreeMap<>();
        lines.forEach(line -> groups.computeIfAbsent(line.key(), _ -> new ArrayList<>()).add(line));
        Map<String, String> sums = new TreeMap<>();
        groups.forEach((key, group) ->
                sums.put(
                        key,
                        group.size()
                                + " "
                                + group.stream()
                                        .map(Line::cost)
                                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                                        .setScale(20)
                                        .toPlainString()));
        return sums;
    }

    private Map<String, String> loaded() throws Exception {
        if (fixture.rows("SELECT 1 FROM duckdb_tables() WHERE table_name = 'focus_cost_usage'")
                .isEmpty()) {
            return Map.of();
        }
        Map<String, String> sums = new TreeMap<>();
        fixture.rows(
                        "SELECT BillingAccountId, BillingPeriodStart::DATE, ChargePeriodStart::DATE, count(*),"
                                + " sum(BilledCost)::VARCHAR FROM focus_cost_usage GROUP BY ALL")
                .forEach(row ->
                        sums.put(
                                row.get(0) + " " + row.get(1) + " " + row.get(2),
                                row.get(3)
                                        + " "
                                        + new BigDecimal(row.get(4)).setScale(20).toPlainString()));
        return sums;
    }
}
