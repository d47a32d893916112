package dev.convergence.engine.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.id.TimeOrderedId;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What is counted again of a list, and what is kept.
class LongCountsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final long LONG = LongCounts.LONG;

    private final LongCounts counts = new LongCounts();
    private final TreeMap<UUID, Long> jobs = new TreeMap<>();
    private long looked;

    private void made(Instant at, long many) {
        jobs.merge(TimeOrderedId.floor(at), many, Long::sum);
    }

    private long between(UUID from, UUID until) {
        // No id of a job is at or behind the last one, which Java takes for a negative number.
        var range =
                until.getMostSignificantBits() < 0
                        ? jobs.tailMap(from, true)
                        : jobs.subMap(from, true, until, false);
        long found = range.values().stream().mapToLong(Long::longValue).sum();
        looked += found;
        return found;
    }

    private long count(Instant now) {
        looked = 0;
        return counts.count("of acme", now, this::between);
    }

    @Test
    void of_a_long_list_only_what_is_new_is_counted_again() {
        made(NOW.minusSeconds(3600), LONG);
        assertThat(count(NOW)).isEqualTo(LONG);

        made(NOW.minusSeconds(10), 3);
        assertThat(count(NOW)).isEqualTo(LONG + 3);
        assertThat(looked).isEqualTo(3);

        Instant later = NOW.plusSeconds(300);
        made(later, 4);
        assertThat(count(later)).isEqualTo(LONG + 7);
        assertThat(looked).isEqualTo(7);
        assertThat(count(later)).isEqualTo(LONG + 7);
        assertThat(looked).as("what came before is kept by now").isEqualTo(4);
    }

    @Test
    void a_short_list_is_counted_each_time() {
        made(NOW.minusSeconds(3600), LONG - 1);
        assertThat(count(NOW)).isEqualTo(LONG - 1);
        jobs.clear();
        assertThat(count(NOW)).isZero();
    }

    @Test
    void history_that_went_is_missed_for_some_minutes_only() {
        made(NOW.minusSeconds(3600), LONG);
        made(NOW, 5);
        assertThat(count(NOW)).isEqualTo(LONG + 5);
        jobs.pollFirstEntry();

        assertThat(count(NOW.plus(LongCounts.KEPT_FOR))).isEqualTo(LONG + 5);
        assertThat(count(NOW.plus(LongCounts.KEPT_FOR).plus(Duration.ofMillis(1)))).isEqualTo(5);
    }

    @Test
    void each_question_has_a_count_of_its_own() {
        made(NOW.minusSeconds(3600), LONG);
        count(NOW);

        assertThat(counts.count("of globex", NOW, (_, _) -> 1)).isEqualTo(1);
        assertThat(count(NOW)).isEqualTo(LONG);
    }
}
