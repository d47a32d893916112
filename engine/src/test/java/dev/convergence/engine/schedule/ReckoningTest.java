package dev.convergence.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.pipeline.SchedulePolicy;
import dev.convergence.engine.schedule.Reckoning.Almanac;
import dev.convergence.engine.template.TemplatePath;
import dev.convergence.engine.time.CronExpression;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which instants of an hourly config may run, and which are missed, that is looked at too late.
/// Its first undecided instant is 10:00.
class ReckoningTest {

    private static final Instant FIRST = Instant.parse("2026-11-22T10:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LAST | -    | 10:00:05 | 10:00             | -     | 11:00",
                "LAST | -    | 13:20:00 | 13:00             | 10:00 | 14:00",
                "LAST | PT1H | 13:20:00 | 13:00             | 10:00 | 14:00",
                "LAST | PT5M | 13:20:00 | -                 | 10:00 | 14:00",
                "NONE | -    | 10:00:59 | 10:00             | -     | 11:00",
                "NONE | -    | 10:01:01 | -                 | 10:00 | 11:00",
                "NONE | PT2H | 13:20:00 | 13:00             | 10:00 | 14:00",
                "ALL  | -    | 11:20:00 | 10:00 11:00       | -     | 12:00",
                "ALL  | -    | 14:20:00 | 12:00 13:00 14:00 | 10:00 | 15:00",
                "ALL  | PT2H | 14:20:00 | 13:00 14:00       | 10:00 | 15:00",
            })
    void what_may_run_is_the_latest(
            String missed, String deadline, String now, String run, String gap, String next) {
        Map<String, Object> policy =
                deadline.equals("-")
                        ? Map.of("missed_runs", missed, "missed_runs_max", 3)
                        : Map.of(
                                "missed_runs", missed,
                                "missed_runs_max", 3,
                                "start_deadline", deadline);

        Reckoning reckoning = reckon(policy, at(now));

        assertThat(
                        reckoning.instants().stream()
                                .map(instant -> instant.toString().substring(11, 16))
                                .collect(Collectors.joining(" ")))
                .isEqualTo(run.equals("-") ? "" : run);
        assertThat(reckoning.missed()).hasSize(gap.equals("-") ? 0 : 1);
        assertThat(reckoning.missed())
                .allSatisfy(one -> {
                    assertThat(one.from()).isEqualTo(FIRST);
                    assertThat(one.until()).isBeforeOrEqualTo(at(now));
                });
        assertThat(reckoning.nextAt()).isEqualTo(at(next + ":00"));
        assertThat(reckoning.end()).isNull();
    }

    @Test
    void nothing_is_due_after_the_end() {
        Reckoning reckoning = reckon(Map.of("end_at", "2026-11-22T11:30:00Z"), at("13:20:00"));

        assertThat(reckoning.instants()).containsExactly(at("11:00:00"));
        assertThat(reckoning.missed())
                .singleElement()
                .satisfies(gap -> {
                    assertThat(gap.from()).isEqualTo(FIRST);
                    assertThat(gap.until()).isBefore(at("11:00:00"));
                });
        assertThat(reckoning.end()).contains("end date");
    }

    @Test
    void a_share_of_the_window_delays_every_instant() {
        Map<String, Object> policy = Map.of("window", "PT30M");
        Duration spread = SchedulePolicy.of(policy).spread(config());

        assertThat(spread).isPositive();
        assertThat(reckon(policy, at("11:00:00").plus(spread).minusSeconds(1)).instants())
                .containsExactly(FIRST);
        assertThat(reckon(policy, at("11:00:00").plus(spread)).instants())
                .containsExactly(at("11:00:00"));
    }

    @Test
    void an_instant_that_somebody_set_is_due_alone_and_the_cron_goes_on_from_then() {
        Reckoning reckoning =
                reckon(Map.of("start_deadline", "PT5M"), at("13:20:00"), at("13:19:59"));

        assertThat(reckoning.instants()).containsExactly(FIRST);
        assertThat(reckoning.missed()).isEmpty();
        assertThat(reckoning.nextAt()).isEqualTo(at("14:00:00"));
    }

    private static Reckoning reckon(Map<String, Object> given, Instant now) {
        return reckon(given, now, null);
    }

    private static Reckoning reckon(
            Map<String, Object> given, Instant now, @Nullable Instant anchor) {
        SchedulePolicy policy = SchedulePolicy.of(given);
        DueConfig config =
                new DueConfig(
                        config(),
                        new TenantId("acme"),
                        new TemplatePath("system", "diagnostics", "probe"),
                        policy.cadence(CronExpression.parse("0 * * * *"), ZoneId.of("UTC")),
                        policy,
                        policy.spread(config()),
                        Map.of(),
                        5,
                        Map.of(),
                        new Cursor(
                                FIRST.plus(policy.spread(config())),
                                FIRST,
                                anchor,
                                0,
                                null,
                                null,
                                null),
                        null,
                        null);
        return Reckoning.of(config, new Almanac(), now);
    }

    private static ConfigId config() {
        return new ConfigId(UUID.fromString("0c000000-0000-7000-8000-000000000001"));
    }

    private static Instant at(String time) {
        return Instant.parse("2026-11-22T" + time + "Z");
    }
}
