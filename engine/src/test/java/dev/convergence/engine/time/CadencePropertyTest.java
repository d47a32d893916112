package dev.convergence.engine.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/// The cadence against an oracle that walks minute by minute: random expressions, all zones that
/// change their clocks, half of the days near a change.
class CadencePropertyTest {

    private static final Duration DAYS = Duration.ofDays(3);

    /// Before, offsets had seconds here and there.
    private static final long YEAR_1980 = 315_532_800L;

    private static final long YEAR_2035 = 2_051_222_400L;

    @Property(tries = 1_500)
    void the_next_instants_are_those_of_the_oracle(
            @ForAll("crons") String cron,
            @ForAll("zones") ZoneId zone,
            @ForAll @LongRange(min = YEAR_1980, max = YEAR_2035) long second,
            @ForAll boolean nearAChange,
            @ForAll @IntRange(min = 1, max = 2_880) int minutesBefore,
            @ForAll DstGap gap,
            @ForAll DstOverlap overlap) {
        Instant any = Instant.ofEpochSecond(second);
        Instant start =
                nearAChange
                        ? SlowCron.nextChange(any, zone).minus(Duration.ofMinutes(minutesBefore))
                        : any;
        Cadence cadence = new Cadence(parsed(cron), zone, gap, overlap);

        List<Instant> due = between(cadence, start, start.plus(DAYS));

        assertThat(due)
                .isEqualTo(new SlowCron(cron).between(start, start.plus(DAYS), zone, gap, overlap));
    }

    @Property(tries = 300)
    void the_latest_instants_are_the_last_of_all(
            @ForAll("crons") String cron,
            @ForAll("zones") ZoneId zone,
            @ForAll @LongRange(min = YEAR_1980, max = YEAR_2035) long second,
            @ForAll @IntRange(min = 0, max = 20_000) int minutes,
            @ForAll @IntRange(min = 1, max = 20) int most) {
        Instant first = Instant.ofEpochSecond(second);
        Instant until = first.plus(Duration.ofMinutes(minutes));
        Cadence cadence = Cadence.of(parsed(cron), zone, DstGap.SHIFT_FORWARD, null);
        List<Instant> all = new ArrayList<>(List.of(first));
        all.addAll(between(cadence, first, until));

        assertThat(cadence.latest(first, until, most))
                .isEqualTo(all.subList(Math.max(0, all.size() - most), all.size()));
    }

    private static CronExpression parsed(String cron) {
        try {
            return CronExpression.parse(cron);
        } catch (IllegalArgumentException impossible) {
            Assume.that(false);
            throw impossible;
        }
    }

    private static List<Instant> between(Cadence cadence, Instant after, Instant until) {
        List<Instant> due = new ArrayList<>();
        Optional<Instant> next = cadence.next(after);
        while (next.isPresent() && !next.get().isAfter(until)) {
            due.add(next.get());
            next = cadence.next(next.get());
        }
        return due;
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        List<ZoneId> changing =
                ZoneId.getAvailableZoneIds().stream()
                        .filter(name ->
                                !name.startsWith("SystemV") && !name.equals("Africa/Monrovia"))
                        .sorted()
                        .map(ZoneId::of)
                        .filter(zone ->
                                zone.getRules().nextTransition(Instant.ofEpochSecond(YEAR_1980))
                                        != null)
                        .toList();
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.of(changing)),
                Tuple.of(
                        1,
                        Arbitraries.of(
                                ZoneId.of("UTC"),
                                ZoneId.of("Australia/Lord_Howe"),
                                ZoneId.of("Pacific/Apia"))));
    }

    @Provide
    Arbitrary<String> crons() {
        return Combinators.combine(
                        field(0, 59, List.of()),
                        field(0, 23, List.of()),
                        day(field(1, 31, List.of())),
                        day(field(1, 12, List.of("jan", "MAR", "Oct", "nov"))),
                        day(field(0, 7, List.of("sun", "MON", "Sat"))))
                .as((minute, hour, day, month, weekday) ->
                        String.join(" ", minute, hour, day, month, weekday));
    }

    /// Mostly any, else three days would rarely have an instant.
    private static Arbitrary<String> day(Arbitrary<String> field) {
        return Arbitraries.frequencyOf(Tuple.of(4, Arbitraries.just("*")), Tuple.of(1, field));
    }

    private static Arbitrary<String> field(int min, int max, List<String> names) {
        Arbitrary<Integer> value = Arbitraries.integers().between(min, max);
        Arbitrary<Integer> step = Arbitraries.integers().between(1, Math.min(max, 30));
        Arbitrary<String> single = value.map(String::valueOf);
        Arbitrary<String> range =
                Combinators.combine(value, value)
                        .as((a, b) -> Math.min(a, b) + "-" + Math.max(a, b));
        Arbitrary<String> one =
                Arbitraries.oneOf(
                        single,
                        names.isEmpty() ? single : Arbitraries.of(names),
                        range,
                        step.map(by -> "*/" + by),
                        Combinators.combine(range, step).as((r, by) -> r + "/" + by),
                        Combinators.combine(value, step).as((from, by) -> from + "/" + by));
        Arbitrary<String> list =
                one.list()
                        .ofMinSize(1)
                        .ofMaxSize(3)
                        .map(parts -> parts.stream().collect(Collectors.joining(",")));
        return Arbitraries.frequencyOf(Tuple.of(1, Arbitraries.just("*")), Tuple.of(3, list));
    }
}
