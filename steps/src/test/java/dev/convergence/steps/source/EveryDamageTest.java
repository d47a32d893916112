package dev.convergence.steps.source;

import static dev.convergence.steps.LoadFixture.assertDone;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.step.StepOutcome;
import dev.convergence.steps.LoadFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every layout of every bill, damaged in every way: it is refused with a sentence that names the
/// file, and the data set is what it was to the last byte; or it is loaded to the last digit.
class EveryDamageTest {

    @TempDir Path directory;

    static List<GoldenBill> layouts() {
        return GoldenBill.ALL;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layouts")
    @Execution(ExecutionMode.CONCURRENT)
    void a_damaged_bill_is_refused_or_loaded_whole(GoldenBill bill) throws Exception {
        LoadFixture fixture = loaded(bill);
        State before = state(fixture, bill);
        SoftAssertions all = new SoftAssertions();
        for (Damage damage : Damage.ALL) {
            if (damage.of().test(bill)) {
                byte[] data = fixture.dataSet();
                replace(fixture, bill, damage.name(bill), damage.apply(bill, directory));
                StepOutcome outcome = fixture.load(bill.bill(), Map.of());
                all.assertThat(complaint(damage, damage.name(bill), outcome))
                        .as(damage.what())
                        .isEmpty();
                if (damage.end() == Damage.End.SAME) {
                    State after = state(fixture, bill);
                    all.assertThat(after.of(before.run())).as(damage.what()).isEqualTo(before);
                    before = after;
                } else {
                    all.assertThat(fixture.dataSet()).as(damage.what()).isEqualTo(data);
                }
            }
        }
        all.assertAll();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layouts")
    @Execution(ExecutionMode.CONCURRENT)
    void a_line_that_cannot_be_read_is_left_out_with_its_reason_and_the_others_are_loaded(
            GoldenBill bill) throws Exception {
        LoadFixture fixture = loaded(bill);
        State before = state(fixture, bill);

        fixture.land(bill.path(), bill.withBadLine());
        assertDone(fixture.load(bill.bill(), Map.of("bad_rows", "quarantine")));

        assertThat(state(fixture, bill).of(before.run())).isEqualTo(before);
        assertThat(
                        fixture.rows(
                                "SELECT count(*), min(x_source_file), min(length(reason)) > 10,"
                                        + " count(line) FROM x_meta_bad_rows"))
                .isEqualTo(List.of(List.of("1", bill.path(), "true", "1")));
    }

    private LoadFixture loaded(GoldenBill bill) throws IOException {
        LoadFixture fixture = new LoadFixture(directory);
        fixture.land(bill.path(), bill.content());
        assertDone(fixture.load(bill.bill(), Map.of()));
        return fixture;
    }

    /// What is wrong with the end of a load; empty for nothing. A refusal is a sentence for people:
    /// it names the file, and no word of the machinery.
    private static String complaint(Damage damage, String path, StepOutcome outcome) {
        if (!(outcome instanceof StepOutcome.Failed failed)) {
            return damage.end() == Damage.End.REFUSED ? "it was loaded" : "";
        }
        String message = failed.message();
        boolean isSentence =
                !failed.retryable()
                        && message.contains(path)
                        && Pattern.compile(damage.says()).matcher(message).find()
                        && MACHINERY.stream().noneMatch(message::contains)
                        && message.length() < LENGTH_MAX;
        return damage.end() == Damage.End.REFUSED && isSentence ? "" : failed.toString();
    }

    private static final int LENGTH_MAX = 1_000;
    private static final List<String> MACHINERY =
            List.of("Exception", "Error:", "read_csv", "read_json", "/tmp", "null");

    private static void replace(LoadFixture fixture, GoldenBill bill, String path, byte[] content)
            throws IOException {
        Path folder = fixture.landing.root().resolve(LoadFixture.ACME + "/" + bill.folder());
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        fixture.land(path, content);
    }

    /// Rows of the raw table, rows and money of FOCUS where there is any, and which load they are
    /// of.
    private record State(String figures, String run) {

        State of(String otherRun) {
            return new State(figures, otherRun);
        }
    }

    private static State state(LoadFixture fixture, GoldenBill bill) throws Exception {
        String focus =
                bill.hasMoney()
                        ? "(SELECT concat(count(*), ' ', sum(EffectiveCost), ' ', sum(BilledCost))"
                                + " FROM focus_cost_usage)"
                        : "NULL";
        List<String> row =
                fixture.rows(
                                "SELECT concat(count(*), ' ', %s), string_agg(DISTINCT x_run_id) FROM %s"
                                        .formatted(focus, bill.bill().table))
                        .getFirst();
        return new State(row.getFirst(), row.getLast());
    }
}
