package dev.convergence.engine.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronExpressionTest {

    private static final Instant MONDAY = Instant.parse("2025-11-17T16:20:05Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 2 * * *       | UTC              | 2025-11-18T02:00:00Z",
                "0 0 * * 1       | UTC              | 2025-11-24T00:00:00Z",
                "0 0 1 * *       | UTC              | 2025-12-01T00:00:00Z",
                "0 * * * *       | UTC              | 2025-11-17T17:00:00Z",
                "0 3 * * *       | UTC              | 2025-11-18T03:00:00Z",
                "0 2 * * *       | America/New_York | 2025-11-18T07:00:00Z",
                "@daily          | UTC              | 2025-11-18T00:00:00Z",
                "@hourly         | UTC              | 2025-11-17T17:00:00Z",
                "*/15 * * * *    | UTC              | 2025-11-17T16:30:00Z",
                "5,25-30/5 16 * * * | UTC           | 2025-11-17T16:25:00Z",
                "0 0 * jan sun   | UTC              | 2026-01-04T00:00:00Z",
                "0 0 * * 7       | UTC              | 2025-11-23T00:00:00Z",
                "0 0 29 2 *      | UTC              | 2028-02-29T00:00:00Z",
            })
    void the_next_instant_follows_the_fields_in_the_zone(
            String cron, String zone, String expected) {
        assertThat(next(cron, zone, MONDAY)).isEqualTo(Instant.parse(expected));
    }

    @Test
    void two_restricted_day_fields_match_when_either_does() {
        assertThat(fires("0 0 13 * 5", "UTC", Instant.parse("2026-02-01T00:00:00Z"), 5))
                .containsExactly(
                        "2026-02-06T00:00:00Z",
                        "2026-02-13T00:00:00Z",
                        "2026-02-20T00:00:00Z",
                        "2026-02-27T00:00:00Z",
                        "2026-03-06T00:00:00Z");
    }

    @Test
    void a_time_that_does_not_exist_fires_at_the_first_instant_after_the_gap() {
        assertThat(
                        fires(
                                "30 2 * * *",
                                "America/New_York",
                                Instant.parse("2026-03-07T12:00:00Z"),
                                2))
                .containsExactly("2026-03-08T07:00:00Z", "2026-03-09T06:30:00Z");
    }

    @Test
    void a_fixed_time_that_comes_twice_fires_once() {
        assertThat(
                        fires(
                                "30 1 * * *",
                                "America/New_York",
                                Instant.parse("2026-10-31T12:00:00Z"),
                                2))
                .containsExactly("2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z");
    }

    @Test
    void an_hourly_schedule_keeps_its_pace_through_the_repeated_hour() {
        assertThat(fires("0 * * * *", "Europe/Berlin", Instant.parse("2026-10-24T23:30:00Z"), 4))
                .containsExactly(
                        "2026-10-25T00:00:00Z",
                        "2026-10-25T01:00:00Z",
                        "2026-10-25T02:00:00Z",
                        "2026-10-25T03:00:00Z");
    }

    @Test
    void a_gap_of_half_an_hour_and_a_skipped_day_are_crossed() {
        assertThat(
                        fires(
                                "15 2 * * *",
                                "Australia/Lord_Howe",
                                Instant.parse("2026-10-03T00:00:00Z"),
                                1))
                .containsExactly("2026-10-03T15:30:00Z");
        assertThat(fires("0 9 * * *", "Pacific/Apia", Instant.parse("2011-12-29T19:30:00Z"), 2))
                .containsExactly("2011-12-30T10:00:00Z", "2011-12-30T19:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "0 25 * * *", "60 * * * *", "* * * *", "* * * * * *", "0 0 30 2 *",
                        "0 0 31 4,6 *",
                "a * * * *", "*/0 * * * *", "5-1 * * * *", "0 0 0 * *", "0 0 * 13 *", "0 0 * * 8",
                        "1,, * * * *",
                "@never", "-1 * * * *", "*-5 * * * *", "99999999999 * * * *"
            })
    void an_expression_that_is_wrong_or_impossible_is_refused_with_a_sentence(String cron) {
        assertThatThrownBy(() -> CronExpression.parse(cron))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cron");
    }

    @Property(tries = 300)
    void a_daily_time_fires_once_on_every_local_day_of_every_zone(
            @ForAll @IntRange(min = 0, max = 23) int hour,
            @ForAll @IntRange(min = 0, max = 59) int minute,
            @ForAll @LongRange(min = 1_000_000_000L, max = 2_000_000_000L) long start,
            @ForAll @IntRange(min = 0, max = 5) int zoneIndex) {
        ZoneId zone =
                ZoneId.of(
                        List.of(
                                        "UTC",
                                        "America/New_York",
                                        "Europe/Berlin",
                                        "Australia/Lord_Howe",
                                        "Asia/Kolkata",
                                        "America/Sao_Paulo")
                                .get(zoneIndex));
        CronExpression cron = CronExpression.parse(minute + " " + hour + " * * *");
        Instant previous = cron.next(Instant.ofEpochSecond(start), zone).orElseThrow();
        for (int i = 0; i < 30; i++) {
            Instant next = cron.next(previous, zone).orElseThrow();
            assertThat(next).isAfter(previous);
            assertThat(LocalDateTime.ofInstant(next, zone).toLocalDate())
                    .isEqualTo(LocalDateTime.ofInstant(previous, zone).toLocalDate().plusDays(1));
            previous = next;
        }
    }

    private static Instant next(String cron, String zone, Instant after) {
        return CronExpression.parse(cron).next(after, ZoneId.of(zone)).orElseThrow();
    }

    private static List<String> fires(String cron, String zone, Instant after, int count) {
        List<String> fires = new ArrayList<>();
        Instant at = after;
        for (int i = 0; i < count; i++) {
            at = next(cron, zone, at);
            fires.add(at.toString());
        }
        return fires;
    }
}
