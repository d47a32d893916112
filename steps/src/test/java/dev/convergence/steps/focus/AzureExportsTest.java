package dev.convergence.steps.focus;

import static dev.convergence.steps.LoadFixture.assertDone;
import static dev.convergence.steps.LoadFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.step.QualityCheck;
import dev.convergence.engine.step.StepOutcome;
import dev.convergence.steps.LoadFixture;
import dev.convergence.steps.LoadFixture.Bill;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Azure's actual and amortized export of the same months: each load replaces its own kind, and no
/// charge counts twice.
class AzureExportsTest {

    private static final String HEADER =
            "SubscriptionId,Date,CostInBillingCurrency,Quantity,ChargeType,PricingModel,ReservationId,"
                    + "BillingAccountId,BillingCurrencyCode,BillingPeriodStartDate,BillingPeriodEndDate,"
                    + "MeterCategory,ProductName\n";
    private static final LocalDate FIRST = LocalDate.of(2026, 10, 28);
    private static final int DAYS = 7;

    @TempDir Path directory;
    private LoadFixture fixture;

    @BeforeEach
    void set_up() {
        fixture = new LoadFixture(directory);
    }

    private static final String BOTH =
            "SELECT sum(BilledCost)::DECIMAL(9,4), sum(EffectiveCost)::DECIMAL(9,4), count(*)"
                    + " FROM focus_cost_usage";

    @ParameterizedTest
    @ValueSource(strings = {"actual amortized", "amortized actual", "actual amortized actual"})
    void both_exports_bill_what_was_billed_once_and_spread_it(String order) throws Exception {
        for (String kind : order.split(" ")) {
            fixture.land("azure/cost/a.csv", golden("azure_" + kind));
            assertDone(fixture.load(Bill.AZURE, Map.of()));
        }
        assertThat(fixture.rows(BOTH)).isEqualTo(List.of(List.of("72.7199", "4.0199", "9")));
        assertThat(
                        fixture.rows(
                                "SELECT export_type, count(*), sum(cost)::DECIMAL(9,4)"
                                        + " FROM azure_cost_details GROUP BY 1 ORDER BY 1"))
                .isEqualTo(
                        List.of(
                                List.of("actual", "7", "73.4999"),
                                List.of("amortized", "5", "2.1200")));
        assertThat(fixture.rows("SELECT count(*) FROM focus_1_2").getFirst()).containsExactly("9");
    }

    @Test
    void both_exports_in_one_load_are_told_apart_file_by_file() throws Exception {
        fixture.land("azure/cost/a.csv", golden("azure_actual"));
        fixture.land("azure/cost/b.csv", golden("azure_amortized"));
        assertDone(fixture.load(Bill.AZURE, Map.of()));
        assertThat(fixture.rows(BOTH)).isEqualTo(List.of(List.of("72.7199", "4.0199", "9")));
    }

    @Test
    void one_file_with_both_is_no_load() throws Exception {
        String amortized =
                new String(golden("azure_amortized"), java.nio.charset.StandardCharsets.UTF_8);
        String actual = new String(golden("azure_actual"), java.nio.charset.StandardCharsets.UTF_8);
        fixture.land("azure/cost/a.csv", actual + amortized.substring(amortized.indexOf('\n') + 1));
        assertThat(failure(fixture.load(Bill.AZURE, Map.of())))
                .contains("an actual and an amortized export");
    }

    @Test
    void parts_of_an_export_speak_for_each_other_and_silent_ones_beside_both_are_refused()
            throws Exception {
        Line usage = line("a", 0, 0, "Usage", "1", false);
        Line unused = line("a", 0, 0, "UnusedReservation", "2", true);
        Line bought = line("a", 0, 0, "Purchase", "3", true);
        write("a.csv", List.of(usage));
        write("b.csv", List.of(unused));
        assertDone(fixture.load(Bill.AZURE, Map.of()));
        assertThat(fixture.rows("SELECT DISTINCT export_type FROM azure_cost_details"))
                .isEqualTo(List.of(List.of("amortized")));
        write("c.csv", List.of(bought));
        assertThat(failure(fixture.load(Bill.AZURE, Map.of())))
                .startsWith("file: azure/cost/a.csv does not say whether");
    }

    @Test
    void exports_that_bill_differently_are_told() throws Exception {
        write("a.csv", List.of(line("a", 0, 0, "Usage", "5", false)));
        assertDone(fixture.load(Bill.AZURE, Map.of()));
        write(
                "a.csv",
                List.of(
                        line("a", 0, 0, "Usage", "6", false),
                        line("a", 0, 0, "UnusedReservation", "1", true)));
        StepOutcome outcome = fixture.load(Bill.AZURE, Map.of());
        assertDone(outcome);
        assertThat(((StepOutcome.Done) outcome).checks())
                .filteredOn(check -> check.rule().equals("dq04_exports_agree"))
                .singleElement()
                .extracting(QualityCheck::failingKeys)
                .isEqualTo(List.of("a 202610"));
        assertThat(fixture.number("SELECT sum(BilledCost) FROM focus_cost_usage"))
                .isEqualByComparingTo("6");
    }

    /// A line of an export, billed in a month that need not be the one of its day.
    private record Line(
            String account,
            LocalDate day,
            LocalDate month,
            String type,
            BigDecimal cost,
            boolean covered) {

        String csv() {
            return "sub,%s,%s,1,%s,%s,%s,%s,EUR,%s,%s,Meters,thing%n"
                    .formatted(
                            day,
                            cost,
                            type,
                            covered ? "Reservation" : "OnDemand",
                            covered ? "ri" : "",
                            account,
                            month,
                            month.plusMonths(1).minusDays(1));
        }

        String category() {
            return type.equals("UnusedReservation") ? "Usage" : type;
        }

        boolean isBought() {
            return type.equals("Purchase") && covered;
        }

        boolean isLike(Line other) {
            return account.equals(other.account)
                    && day.equals(other.day)
                    && month.equals(other.month)
                    && category().equals(other.category());
        }

        BigDecimal billed() {
            return covered && !isBought() ? BigDecimal.ZERO : cost;
        }

        BigDecimal effective() {
            return isBought() ? BigDecimal.ZERO : cost;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void sums_are_exact_after_loads_of_both_in_any_order(long seed) throws Exception {
        Random dice = new Random(seed);
        List<Line> actual = new ArrayList<>();
        List<Line> amortized = new ArrayList<>();
        for (int load = 0; load < 8; load++) {
            boolean isActual = dice.nextBoolean();
            List<Line> export = export(dice, isActual);
            List<Line> model = isActual ? actual : amortized;
            write("a.csv", export);
            if (dice.nextInt(3) > 0) {
                assertDone(fixture.load(Bill.AZURE, Map.of()));
                replace(
                        model,
                        export,
                        line ->
                                export.stream()
                                        .anyMatch(e ->
                                                e.account.equals(line.account)
                                                        && e.month.equals(line.month)));
            } else {
                LocalDate start = FIRST.plusDays(dice.nextInt(DAYS));
                LocalDate end = start.plusDays(dice.nextInt(3));
                assertDone(
                        fixture.load(
                                Bill.AZURE,
                                Map.of(),
                                LoadFixture.days(start.toString(), end.toString())));
                Predicate<Line> asked = line -> !line.day.isBefore(start) && !line.day.isAfter(end);
                replace(
                        model,
                        export.stream().filter(asked).toList(),
                        asked.and(line ->
                                export.stream().anyMatch(e -> e.account.equals(line.account))));
            }
            List<Line> visible = new ArrayList<>(amortized);
            actual.stream()
                    .filter(line -> line.isBought() || amortized.stream().noneMatch(line::isLike))
                    .forEach(visible::add);
            assertThat(loaded()).as("load %d of seed %d", load, seed).isEqualTo(sums(visible));
        }
    }

    private static void replace(List<Line> model, List<Line> by, Predicate<Line> replaced) {
        model.removeIf(replaced);
        model.addAll(by);
    }

    /// Each account and month has a line that tells which export it is.
    private static List<Line> export(Random dice, boolean actual) {
        List<Line> lines = new ArrayList<>();
        for (String account : dice.nextBoolean() ? List.of("a", "b") : List.of("a")) {
            for (int month = 0; month < 2; month++) {
                lines.add(
                        actual
                                ? line(
                                        account,
                                        dice.nextInt(DAYS),
                                        month,
                                        "Purchase",
                                        amount(dice),
                                        true)
                                : line(
                                        account,
                                        dice.nextInt(DAYS),
                                        month,
                                        "UnusedReservation",
                                        amount(dice),
                                        true));
                for (int i = dice.nextInt(6); i > 0; i--) {
                    String type = List.of("Usage", "Usage", "Tax", "Purchase").get(dice.nextInt(4));
                    lines.add(line(account, dice.nextInt(DAYS), month, type, amount(dice), false));
                }
            }
        }
        return lines;
    }

    private static String amount(Random dice) {
        return BigDecimal.valueOf(dice.nextLong(1, 9_000_000), 10).toPlainString();
    }

    private static Line line(
            String account, int day, int month, String type, String cost, boolean covered) {
        LocalDate first = FIRST.withDayOfMonth(1).plusMonths(month);
        return new Line(account, FIRST.plusDays(day), first, type, new BigDecimal(cost), covered);
    }

    private static Map<String, String> sums(List<Line> lines) {
        Map<String, BigDecimal[]> sums = new TreeMap<>();
        for (Line line : lines) {
            BigDecimal[] sum =
                    sums.computeIfAbsent(
                            line.account + " " + line.day,
                            _ ->
                                    new BigDecimal[] {
                                        BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO
                                    });
            sum[0] = sum[0].add(line.billed());
            sum[1] = sum[1].add(line.effective());
            sum[2] = sum[2].add(BigDecimal.ONE);
        }
        Map<String, String> texts = new TreeMap<>();
        sums.forEach((key, sum) ->
                texts.put(
                        key,
                        sum[0].setScale(20).toPlainString()
                                + " "
                                + sum[1].setScale(20).toPlainString()
                                + " "
                                + sum[2]));
        return texts;
    }

    private Map<String, String> loaded() throws Exception {
        Map<String, String> sums = new TreeMap<>();
        fixture.rows(
                        "SELECT BillingAccountId, ChargePeriodStart::DATE, sum(BilledCost)::VARCHAR,"
                                + " sum(EffectiveCost)::VARCHAR, count(*) FROM focus_cost_usage GROUP BY ALL")
                .forEach(row ->
                        sums.put(
                                row.get(0) + " " + row.get(1),
                                row.get(2) + " " + row.get(3) + " " + row.get(4)));
        return sums;
    }

    private void write(String name, List<Line> lines) throws Exception {
        StringBuilder csv = new StringBuilder(HEADER);
        lines.forEach(line -> csv.append(line.csv()));
        fixture.land("azure/cost/" + name, csv.toString());
    }

    private static byte[] golden(String name) throws Exception {
        String bill = "/golden/" + name + "/bill.csv";
        try (var file = AzureExportsTest.class.getResourceAsStream(bill)) {
            return Objects.requireNonNull(file).readAllBytes();
        }
    }
}
