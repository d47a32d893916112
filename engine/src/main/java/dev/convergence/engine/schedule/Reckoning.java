package dev.convergence.engine.schedule;

import dev.convergence.engine.pipeline.SchedulePolicy;
import dev.convergence.engine.pipeline.Undecided;
import dev.convergence.engine.slot.LedgerGap;
import dev.convergence.engine.time.Cadence;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the clock says of one config that has come due: which of its instants may run by its policy
/// for missed ones, which may not, and when it is due next. Pure.
///
/// @param instants those that may run, in ascending order
/// @param missed the others, which have no rows yet
/// @param nextAt the first instant that is still to come; null when there is none
/// @param end why it is the last time; null when it is not
record Reckoning(
        List<Instant> instants,
        List<LedgerGap> missed,
        @Nullable Instant nextAt,
        @Nullable String end) {

    /// Many configs of a batch have the same cadence: each is walked once.
    static final class Almanac {

        private record Walk(Cadence cadence, Instant first, Instant until, int most) {}

        private final Map<Walk, List<Instant>> latest = new HashMap<>();
        private final Map<Walk, Optional<Instant>> next = new HashMap<>();

        private List<Instant> latest(Cadence cadence, Instant first, Instant until, int most) {
            return latest.computeIfAbsent(
                    new Walk(cadence, first, until, most),
                    walk -> walk.cadence.latest(walk.first, walk.until, walk.most));
        }

        private Optional<Instant> next(Cadence cadence, Instant after) {
            return next.computeIfAbsent(
                    new Walk(cadence, after, after, 1), walk -> walk.cadence.next(walk.first));
        }
    }

    static Reckoning of(DueConfig config, Almanac almanac, Instant now) {
        SchedulePolicy policy = config.policy();
        Instant first = config.cursor().nominalAt();
        Instant anchor = config.cursor().anchoredAt();
        if (anchor != null && first.isBefore(anchor)) {
            return alone(config, first, almanac.next(config.cadence(), anchor));
        }
        Instant lastDue = latest(now.minus(config.spread()), first);
        Instant end = policy.endAt();
        Instant until = end != null && end.isBefore(lastDue) ? end : lastDue;
        Optional<Instant> next = almanac.next(config.cadence(), lastDue);
        String reason = endReason(end, next);
        if (until.isBefore(first)) {
            return new Reckoning(List.of(), List.of(), next.orElse(null), reason);
        }
        List<Instant> instants =
                almanac.latest(config.cadence(), first, until, policy.runsMax()).stream()
                        .filter(instant -> isInTime(config, instant, now))
                        .toList();
        Instant missedUntil = instants.isEmpty() ? until : instants.getFirst().minusNanos(1000);
        List<LedgerGap> missed =
                first.isAfter(missedUntil)
                        ? List.of()
                        : undecided(config).gaps(missedUntil, why(policy));
        return new Reckoning(instants, missed, next.orElse(null), reason);
    }

    /// An instant that somebody set, before the cadence counts: it is due whenever that was, and
    /// nothing else is.
    private static Reckoning alone(DueConfig config, Instant set, Optional<Instant> next) {
        return new Reckoning(
                List.of(set),
                List.of(),
                next.orElse(null),
                endReason(config.policy().endAt(), next));
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static boolean isInTime(DueConfig config, Instant instant, Instant now) {
        Duration latest = config.policy().latestStart();
        return latest == null || !instant.plus(config.spread()).plus(latest).isBefore(now);
    }

    private static @Nullable String endReason(@Nullable Instant end, Optional<Instant> next) {
        if (next.isEmpty()) {
            return "The cron expression never comes due again.";
        }
        return end != null && next.get().isAfter(end) ? "Its end date was " + end + "." : null;
    }

    private static Undecided undecided(DueConfig config) {
        Cursor cursor = config.cursor();
        return new Undecided(
                config.tenant(),
                config.id(),
                config.cadence(),
                config.spread(),
                cursor.nominalAt(),
                cursor.haltedFrom(),
                cursor.haltedUntil(),
                cursor.haltedAs());
    }

    private static String why(SchedulePolicy policy) {
        Duration latest = policy.latestStart();
        String rule =
                switch (policy.missedRuns()) {
                    case LAST -> "of missed instants the latest runs (missed_runs LAST)";
                    case ALL ->
                            "of missed instants the latest %d run (missed_runs ALL)"
                                    .formatted(policy.missedRunsMax());
                    case NONE -> "missed instants do not run (missed_runs NONE)";
                };
        return "Nobody looked in time: "
                + rule
                + (latest == null ? "." : ", none more than " + latest + " late.");
    }
}
