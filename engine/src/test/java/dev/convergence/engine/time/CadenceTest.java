package dev.convergence.engine.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What each policy makes of each change of the clocks, as tables.
class CadenceTest {

    /// Cron, zone, gap, overlap (`-` for the cron's own), after, the instants that follow.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // New York: 2026-03-08 02:00 EST -> 03:00 EDT at 07:00Z
                "30 2 * * * | America/New_York | SHIFT_FORWARD | - | 2026-03-07T12:00:00Z | 2026-03-08T07:00:00Z 2026-03-09T06:30:00Z",
                "30 2 * * * | America/New_York | SKIP | - | 2026-03-07T12:00:00Z | 2026-03-09T06:30:00Z",
                "0 3 * * *  | America/New_York | SKIP | - | 2026-03-07T12:00:00Z | 2026-03-08T07:00:00Z 2026-03-09T07:00:00Z",
                "0,30 2,3 8 3 * | America/New_York | SHIFT_FORWARD | - | 2026-03-07T12:00:00Z | 2026-03-08T07:00:00Z 2026-03-08T07:30:00Z 2027-03-08T07:00:00Z",
                "*/30 * * * * | America/New_York | SHIFT_FORWARD | - | 2026-03-08T06:29:00Z | 2026-03-08T06:30:00Z 2026-03-08T07:00:00Z 2026-03-08T07:30:00Z",
                "15 * * * * | America/New_York | SKIP | - | 2026-03-08T06:00:00Z | 2026-03-08T06:15:00Z 2026-03-08T07:15:00Z",
                // right before the gap, and from its very end on
                "30 2 * * * | America/New_York | SHIFT_FORWARD | - | 2026-03-08T06:59:00Z | 2026-03-08T07:00:00Z",
                "30 2 * * * | America/New_York | SHIFT_FORWARD | - | 2026-03-08T07:00:00Z | 2026-03-09T06:30:00Z",
                // New York: 2026-11-01 02:00 EDT -> 01:00 EST at 06:00Z
                "30 1 * * * | America/New_York | SHIFT_FORWARD | - | 2026-10-31T12:00:00Z | 2026-11-01T05:30:00Z 2026-11-02T06:30:00Z",
                "30 1 * * * | America/New_York | SHIFT_FORWARD | SECOND | 2026-10-31T12:00:00Z | 2026-11-01T06:30:00Z 2026-11-02T06:30:00Z",
                "30 1 * * * | America/New_York | SHIFT_FORWARD | BOTH | 2026-10-31T12:00:00Z | 2026-11-01T05:30:00Z 2026-11-01T06:30:00Z 2026-11-02T06:30:00Z",
                "0 * * * *  | America/New_York | SHIFT_FORWARD | - | 2026-11-01T04:30:00Z | 2026-11-01T05:00:00Z 2026-11-01T06:00:00Z 2026-11-01T07:00:00Z",
                "0 * * * *  | America/New_York | SHIFT_FORWARD | FIRST | 2026-11-01T04:30:00Z | 2026-11-01T05:00:00Z 2026-11-01T07:00:00Z",
                "0/30 1 * * * | America/New_York | SHIFT_FORWARD | - | 2026-10-31T12:00:00Z | 2026-11-01T05:00:00Z 2026-11-01T05:30:00Z 2026-11-01T06:00:00Z 2026-11-01T06:30:00Z",
                // Berlin: 2026-03-29 02:00 -> 03:00 at 01:00Z, 2026-10-25 03:00 -> 02:00 at 01:00Z
                "0 2 * * *  | Europe/Berlin | SHIFT_FORWARD | - | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z 2026-03-30T00:00:00Z",
                "0 2 * * *  | Europe/Berlin | SKIP | - | 2026-03-28T12:00:00Z | 2026-03-30T00:00:00Z",
                "30 2 * * * | Europe/Berlin | SHIFT_FORWARD | FIRST | 2026-10-24T12:00:00Z | 2026-10-25T00:30:00Z 2026-10-26T01:30:00Z",
                "30 2 * * * | Europe/Berlin | SHIFT_FORWARD | SECOND | 2026-10-24T12:00:00Z | 2026-10-25T01:30:00Z 2026-10-26T01:30:00Z",
                // Lord Howe, half an hour: 2026-10-04 02:00 -> 02:30 at 15:30Z, 2026-04-05 02:00 ->
                // 01:30 at 15:00Z
                "15 2 * * * | Australia/Lord_Howe | SHIFT_FORWARD | - | 2026-10-03T00:00:00Z | 2026-10-03T15:30:00Z 2026-10-04T15:15:00Z",
                "15 2 * * * | Australia/Lord_Howe | SKIP | - | 2026-10-03T00:00:00Z | 2026-10-04T15:15:00Z",
                "45 1 * * * | Australia/Lord_Howe | SHIFT_FORWARD | - | 2026-04-04T00:00:00Z | 2026-04-04T14:45:00Z 2026-04-05T15:15:00Z",
                "45 1 * * * | Australia/Lord_Howe | SHIFT_FORWARD | SECOND | 2026-04-04T00:00:00Z | 2026-04-04T15:15:00Z 2026-04-05T15:15:00Z",
                "15 1 * * * | Australia/Lord_Howe | SHIFT_FORWARD | BOTH | 2026-04-04T00:00:00Z | 2026-04-04T14:15:00Z 2026-04-05T14:45:00Z",
                // Apia: there was no 2011-12-30; -10:00 -> +14:00 at 2011-12-30T10:00Z
                "0 9 * * *  | Pacific/Apia | SHIFT_FORWARD | - | 2011-12-29T10:00:00Z | 2011-12-29T19:00:00Z 2011-12-30T10:00:00Z 2011-12-30T19:00:00Z",
                "0 9 * * *  | Pacific/Apia | SKIP | - | 2011-12-29T10:00:00Z | 2011-12-29T19:00:00Z 2011-12-30T19:00:00Z",
                "0 0 * * FRI | Pacific/Apia | SKIP | - | 2011-12-25T00:00:00Z | 2012-01-05T10:00:00Z",
                "0 0 30 12 * | Pacific/Apia | SHIFT_FORWARD | - | 2011-12-25T00:00:00Z | 2011-12-30T10:00:00Z",
                // Sao Paulo began summer at midnight (2018-11-04 00:00 -> 01:00 at 03:00Z), ended
                // it at midnight
                // (2018-02-18 00:00 -> 2018-02-17 23:00 at 02:00Z), and has had none since 2019
                "0 0 * * *  | America/Sao_Paulo | SHIFT_FORWARD | - | 2018-11-03T12:00:00Z | 2018-11-04T03:00:00Z 2018-11-05T02:00:00Z",
                "30 0 * * * | America/Sao_Paulo | SKIP | - | 2018-11-03T12:00:00Z | 2018-11-05T02:30:00Z",
                "30 23 * * * | America/Sao_Paulo | SHIFT_FORWARD | - | 2018-02-17T12:00:00Z | 2018-02-18T01:30:00Z 2018-02-19T02:30:00Z",
                "30 23 * * * | America/Sao_Paulo | SHIFT_FORWARD | BOTH | 2018-02-17T12:00:00Z | 2018-02-18T01:30:00Z 2018-02-18T02:30:00Z 2018-02-19T02:30:00Z",
                "0 0 * * *  | America/Sao_Paulo | SHIFT_FORWARD | - | 2026-11-01T12:00:00Z | 2026-11-02T03:00:00Z 2026-11-03T03:00:00Z",
                // UTC knows no changes
                "30 2 * * * | UTC | SKIP | SECOND | 2026-03-28T12:00:00Z | 2026-03-29T02:30:00Z 2026-03-30T02:30:00Z",
            })
    void the_clocks_change(
            String cron, String zone, DstGap gap, String overlap, String after, String expected) {
        Cadence cadence =
                Cadence.of(
                        CronExpression.parse(cron),
                        ZoneId.of(zone),
                        gap,
                        overlap.equals("-") ? null : DstOverlap.valueOf(overlap));
        List<String> wanted = List.of(expected.split(" "));

        assertThat(next(cadence, Instant.parse(after), wanted.size())).isEqualTo(wanted);
    }

    @Test
    void the_latest_instant_of_ten_years_of_minutes_is_found_at_once() {
        Cadence minutely =
                Cadence.of(
                        CronExpression.parse("* * * * *"),
                        ZoneId.of("Europe/Berlin"),
                        DstGap.SHIFT_FORWARD,
                        null);

        assertThat(
                        minutely.latest(
                                Instant.parse("2016-01-01T00:00:30Z"),
                                Instant.parse("2026-01-01T00:00:30Z"),
                                2))
                .containsExactly(
                        Instant.parse("2025-12-31T23:59:00Z"),
                        Instant.parse("2026-01-01T00:00:00Z"));
    }

    private static List<String> next(Cadence cadence, Instant after, int count) {
        List<String> instants = new ArrayList<>();
        Instant at = after;
        for (int i = 0; i < count; i++) {
            at = cadence.next(at).orElseThrow();
            instants.add(at.toString());
        }
        return instants;
    }
}
