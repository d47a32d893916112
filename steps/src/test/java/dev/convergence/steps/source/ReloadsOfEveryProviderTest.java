package dev.convergence.steps.source;

import static dev.convergence.steps.LoadFixture.assertDone;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.step.DateWindow;
import dev.convergence.steps.LoadFixture;
import dev.convergence.steps.source.BillWriter.Line;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;

/// Late, restated and cross-month lines of every provider, loaded whole or by days in generated
/// orders: after each load the data set holds what a model says that replaces by hand.
class ReloadsOfEveryProviderTest {

    private static final LocalDate FIRST = LocalDate.of(2026, 10, 28);
    private static final int DAYS = 7;
    private static final int TRIES = 3;

    /// An export, and the days that are asked of it; null for all that is in it.
    record Export(List<Line> lines, @Nullable DateWindow asked) {}

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void google(@ForAll("exports") List<Export> exports) throws Exception {
        loadInTurn(BillWriter.GCP, exports);
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void amazon(@ForAll("exports") List<Export> exports) throws Exception {
        loadInTurn(BillWriter.AWS, exports);
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void azure(@ForAll("exports") List<Export> exports) throws Exception {
        loadInTurn(BillWriter.AZURE, exports);
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void oracle(@ForAll("exports") List<Export> exports) throws Exception {
        loadInTurn(BillWriter.OCI, exports);
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void openai_costs_and_usage(@ForAll("reports") List<Export> exports) throws Exception {
        loadInTurn(BillWriter.OPENAI, exports);
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void anthropic_costs_and_usage(@ForAll("reports") List<Export> exports) throws Exception {
        loadInTurn(BillWriter.CLAUDE, exports);
    }

    @Provide
    Arbitrary<List<Export>> exports() {
        return export(Arbitraries.just(false)).list().ofMinSize(3).ofMaxSize(4);
    }

    /// Costs and usage in one load, or one of the two.
    @Provide
    Arbitrary<List<Export>> reports() {
        return export(Arbitraries.of(true, false)).list().ofMinSize(3).ofMaxSize(4);
    }

    private static Arbitrary<Export> export(Arbitrary<Boolean> isUsage) {
        Arbitrary<List<Line>> lines = line(isUsage).list().ofMinSize(1).ofMaxSize(8);
        return Combinators.combine(lines, asked()).as(Export::new);
    }

    private static Arbitrary<Line> line(Arbitrary<Boolean> isUsage) {
        Arbitrary<BigDecimal> cost =
                Arbitraries.longs()
                        .between(-1_000_000, 9_000_000)
                        .map(units -> BigDecimal.valueOf(units, 10));
        return Combinators.combine(
                        Arbitraries.of("10000001", "10000002"),
                        Arbitraries.integers().between(0, DAYS - 1),
                        Arbitraries.of(0, 0, 0, 1),
                        cost,
                        isUsage)
                .as((account, day, later, amount, usage) ->
                        new Line(
                                account,
                                FIRST.plusDays(day),
                                YearMonth.from(FIRST.plusDays(day)).plusMonths(later),
                                amount,
                                usage));
    }

    private static Arbitrary<@Nullable DateWindow> asked() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, DAYS - 1),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.of(true, false, false))
                .as((start, days, isAsked) ->
                        isAsked
                                ? new DateWindow(
                                        FIRST.plusDays(start), FIRST.plusDays(start + days), true)
                                : null);
    }

    private static void loadInTurn(BillWriter writer, List<Export> exports) throws Exception {
        Path directory = Files.createTempDirectory("reloads");
        try {
            LoadFixture fixture = new LoadFixture(directory);
            List<Line> model = new ArrayList<>();
            for (Export export : exports) {
                load(fixture, writer, export);
                replace(writer, model, export);
                assertThat(found(fixture, writer)).isEqualTo(raw(writer, model));
                assertThat(billed(fixture)).isEqualTo(costs(model));
            }
        } finally {
            delete(directory);
        }
    }

    private static void load(LoadFixture fixture, BillWriter writer, Export export)
            throws IOException {
        String folder = writer.bill.provider + "/" + writer.bill.domain + "/";
        fixture.land(folder + writer.file, writer.text(export.lines()));
        DateWindow asked = export.asked();
        assertDone(
                fixture.load(
                        writer.bill, Map.of(), asked == null ? LoadFixture.yesterday() : asked));
    }

    private static void replace(BillWriter writer, List<Line> model, Export export) {
        Predicate<Line> inWindow = inWindow(export.asked());
        Set<String> replaced =
                export.lines().stream()
                        .map(line -> key(writer, line, export.asked()))
                        .collect(Collectors.toSet());
        model.removeIf(inWindow.and(line -> replaced.contains(key(writer, line, export.asked()))));
        export.lines().stream().filter(inWindow).forEach(model::add);
    }

    private static Predicate<Line> inWindow(@Nullable DateWindow asked) {
        return line ->
                asked == null
                        || !line.day().isBefore(asked.start()) && !line.day().isAfter(asked.end());
    }

    /// What a line is replaced by: its bill and period, or its report and day; of days that were
    /// asked for, its bill.
    private static String key(BillWriter writer, Line line, @Nullable DateWindow asked) {
        String bill = line.account() + (line.isUsage() ? " usage " : " ");
        if (asked != null) {
            return bill;
        }
        return bill + (writer.isOfDays() ? line.day() : writer.period(line));
    }

    private static Map<String, String> raw(BillWriter writer, List<Line> lines) {
        Map<String, String> sums = new TreeMap<>();
        groups(lines)
                .forEach((group, of) ->
                        sums.put(
                                group,
                                of.size()
                                        + " "
                                        + sum(of)
                                        + (writer.isOfDays() ? " " + tokens(of) : "")));
        return sums;
    }

    private static Map<String, String> costs(List<Line> lines) {
        Map<String, String> sums = new TreeMap<>();
        groups(lines.stream().filter(line -> !line.isUsage()).toList())
                .forEach((group, of) -> sums.put(group, of.size() + " " + sum(of)));
        return sums;
    }

    private static Map<String, List<Line>> groups(List<Line> lines) {
        return lines.stream()
                .collect(Collectors.groupingBy(line -> line.account() + " " + line.day()));
    }

    private static String sum(List<Line> lines) {
        return plain(
                lines.stream()
                        .filter(line -> !line.isUsage())
                        .map(Line::cost)
                        .reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    private static long tokens(List<Line> lines) {
        return lines.stream().filter(Line::isUsage).mapToLong(Line::tokens).sum();
    }

    private static String plain(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }

    private static Map<String, String> found(LoadFixture fixture, BillWriter writer)
            throws Exception {
        String tokens = writer.isOfDays() ? "coalesce(sum(input_tokens), 0)::BIGINT" : "NULL";
        Map<String, String> sums = new TreeMap<>();
        fixture.rows(
                        "SELECT %s, %s, count(*), coalesce(sum(%s), 0)::VARCHAR, %s FROM %s GROUP BY 1, 2"
                                .formatted(
                                        writer.account,
                                        writer.day,
                                        writer.cost,
                                        tokens,
                                        writer.bill.table))
                .forEach(row ->
                        sums.put(
                                row.get(0) + " " + row.get(1),
                                row.get(2)
                                        + " "
                                        + plain(new BigDecimal(row.get(3)))
                                        + (writer.isOfDays() ? " " + row.get(4) : "")));
        return sums;
    }

    private static Map<String, String> billed(LoadFixture fixture) throws Exception {
        Map<String, String> sums = new TreeMap<>();
        fixture.rows(
                        "SELECT BillingAccountId, ChargePeriodStart::DATE, count(*),"
                                + " sum(BilledCost)::VARCHAR FROM focus_cost_usage GROUP BY 1, 2")
                .forEach(row ->
                        sums.put(
                                row.get(0) + " " + row.get(1),
                                row.get(2) + " " + plain(new BigDecimal(row.get(3)))));
        return sums;
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
