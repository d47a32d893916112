package dev.convergence.steps.publish;

import static dev.convergence.steps.LoadFixture.assertDone;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.step.QualityCheck;
import dev.convergence.engine.step.StepOutcome;
import dev.convergence.steps.LoadFixture;
import dev.convergence.steps.LoadFixture.Bill;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a load says about itself beside those before it.
class HistoryTest {

    private static final String HEADER =
            "BilledCost,EffectiveCost,BillingAccountId,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,"
                    + "ChargePeriodStart,ChargePeriodEnd,ProviderName,ServiceName,ChargeCategory\n";

    @TempDir Path directory;
    private LoadFixture fixture;

    @BeforeEach
    void set_up() {
        fixture = new LoadFixture(directory);
    }

    @Test
    void a_first_load_has_nothing_to_be_held_against() throws Exception {
        assertThat(load(10, _ -> "1").all()).allMatch(QualityCheck::passed);
    }

    @Test
    void far_fewer_rows_than_usual_and_a_restated_window_are_told() throws Exception {
        assertThat(load(10, _ -> "1").get("dq05_not_restated").passed()).isTrue();
        assertThat(load(10, _ -> "1").get("dq05_not_restated").passed()).isTrue();

        Checks third = load(4, _ -> "1");

        assertThat(third.get("dq02_rows_as_usual").passed()).isFalse();
        assertThat(third.get("dq02_rows_near_usual").passed()).isTrue();
        assertThat(third.get("dq05_not_restated").failingKeys()).containsExactly("aws one 202610");
        assertThat(load(20, _ -> "1").get("dq02_rows_near_usual").passed()).isFalse();
    }

    @Test
    void twenty_eight_loads_are_another_baseline_than_seven() throws Exception {
        for (int load = 0; load < 21; load++) {
            load(20, _ -> "1");
        }
        for (int load = 0; load < 7; load++) {
            load(4, _ -> "1");
        }
        Checks now = load(4, _ -> "1");
        assertThat(now.get("dq02_rows_as_usual").passed()).isTrue();
        assertThat(now.get("dq02_rows_as_in_28_loads").failingKeys())
                .containsExactly("aws one 202610");
        assertThat(now.get("dq02_rows_near_28_loads").passed()).isTrue();
    }

    @Test
    void a_month_that_is_not_over_may_be_restated() throws Exception {
        fixture.land(
                "focus/cost/a.csv",
                HEADER + row("1", LocalDate.of(2026, 10, 1)).replace("2026-10", "2026-11"));
        assertDone(fixture.load(Bill.FOCUS, Map.of()));
        fixture.land(
                "focus/cost/a.csv",
                HEADER + row("2", LocalDate.of(2026, 10, 1)).replace("2026-10", "2026-11"));
        StepOutcome outcome = fixture.load(Bill.FOCUS, Map.of());
        assertThat(
                        new Checks(((StepOutcome.Done) outcome).checks())
                                .get("dq05_not_restated")
                                .passed())
                .isTrue();
    }

    @Test
    void a_service_that_always_costs_the_same_is_odd_when_it_does_not() throws Exception {
        assertThat(load(20, _ -> "10").get("dq26_no_cost_anomaly").passed()).isTrue();
        assertThat(load(20, day -> day == 19 ? "10.9" : "10").get("dq26_no_cost_anomaly").passed())
                .isTrue();
        assertThat(
                        load(20, day -> day == 19 ? "1000" : "10")
                                .get("dq26_no_cost_anomaly")
                                .failingKeys())
                .containsExactly("aws s");
    }

    @Test
    void a_day_that_costs_far_more_than_the_days_before_is_told() throws Exception {
        assertThat(load(20, day -> "1." + day % 3).get("dq26_no_cost_anomaly").passed()).isTrue();
        assertThat(
                        load(20, day -> day == 19 ? "9" : "1." + day % 3)
                                .get("dq26_no_cost_anomaly")
                                .failingKeys())
                .containsExactly("aws s");
    }

    private record Checks(List<QualityCheck> all) {
        QualityCheck get(String rule) {
            return all.stream()
                    .filter(check -> check.rule().equals(rule))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /// One row a day of October.
    private Checks load(int days, IntFunction<String> cost) throws Exception {
        fixture.land(
                "focus/cost/a.csv",
                HEADER
                        + IntStream.range(0, days)
                                .mapToObj(day ->
                                        row(
                                                cost.apply(day),
                                                LocalDate.of(2026, 10, 1).plusDays(day)))
                                .collect(Collectors.joining()));
        StepOutcome outcome = fixture.load(Bill.FOCUS, Map.of());
        assertDone(outcome);
        return new Checks(((StepOutcome.Done) outcome).checks());
    }

    private static String row(String cost, LocalDate day) {
        return "%s,%s,one,USD,2026-10-01T00:00:00Z,2026-11-01T00:00:00Z,%sT00:00:00Z,%sT00:00:00Z,AWS,s,Usage%n"
                .formatted(cost, cost, day, day.plusDays(1));
    }
}
