package dev.convergence.engine.time;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The instants at which a cron expression is due in a time zone, changes of the clocks included.
///
/// Pure, and the only place that knows of such changes.
public record Cadence(CronExpression cron, ZoneId zone, DstGap gap, DstOverlap overlap) {

    /// Beyond the longest pause of a possible expression.
    private static final Duration HORIZON = Duration.ofDays(42 * 366L);

    private static final Duration FIRST_LOOK_BACK = Duration.ofHours(2);

    /// @param overlap null leaves it to the expression: one that repeats within the day keeps its
    ///   pace through both passes, a fixed time is due at the first
    public static Cadence of(
            CronExpression cron, ZoneId zone, DstGap gap, @Nullable DstOverlap overlap) {
        return new Cadence(cron, zone, gap, overlap == null ? cron.overlapByDefault() : overlap);
    }

    /// The first due instant after another; empty when there is none in a lifetime.
    public Optional<Instant> next(Instant after) {
        ZoneRules rules = zone.getRules();
        Instant from = after.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        Instant horizon = from.plus(HORIZON);
        while (from.isBefore(horizon)) {
            if (isEndOfMatchingGap(rules, from)) {
                return Optional.of(from);
            }
            ZoneOffset offset = rules.getOffset(from);
            LocalDateTime local = cron.localAtOrAfter(LocalDateTime.ofInstant(from, offset));
            if (local == null) {
                return Optional.empty();
            }
            Instant due = local.toInstant(offset);
            ZoneOffsetTransition change = rules.nextTransition(from);
            if (change != null && !due.isBefore(change.getInstant())) {
                from = change.getInstant();
            } else if (admits(rules, local, offset)) {
                return Optional.of(due);
            } else {
                from = due.plus(1, ChronoUnit.MINUTES);
            }
        }
        return Optional.empty();
    }

    /// Also when the walk begins right at the end of the gap.
    private boolean isEndOfMatchingGap(ZoneRules rules, Instant instant) {
        if (gap == DstGap.SKIP || rules.isFixedOffset()) {
            return false;
        }
        ZoneOffsetTransition change = rules.previousTransition(instant.plusNanos(1));
        if (change == null || !change.isGap() || !change.getInstant().equals(instant)) {
            return false;
        }
        LocalDateTime left = cron.localAtOrAfter(change.getDateTimeBefore());
        return left != null && left.isBefore(change.getDateTimeAfter());
    }

    private boolean admits(ZoneRules rules, LocalDateTime local, ZoneOffset offset) {
        if (overlap == DstOverlap.BOTH || rules.isFixedOffset()) {
            return true;
        }
        List<ZoneOffset> passes = rules.getValidOffsets(local);
        ZoneOffset wanted = overlap == DstOverlap.FIRST ? passes.getFirst() : passes.getLast();
        return offset.equals(wanted);
    }

    /// The latest instants of `first` and all that are due after it up to `until`, in ascending
    /// order; the cost follows how many are wanted, not how long ago the first was.
    ///
    /// @param first an instant that was due, on the expression's grid or not
    public List<Instant> latest(Instant first, Instant until, int most) {
        Duration back = FIRST_LOOK_BACK;
        while (true) {
            boolean reachesFirst = !until.minus(back).isAfter(first);
            Deque<Instant> latest = after(reachesFirst ? first : until.minus(back), until, most);
            if (latest.size() == most) {
                return List.copyOf(latest);
            }
            if (reachesFirst) {
                latest.addFirst(first);
                return List.copyOf(latest);
            }
            back = back.multipliedBy(4);
        }
    }

    private Deque<Instant> after(Instant start, Instant until, int most) {
        Deque<Instant> latest = new ArrayDeque<>();
        Optional<Instant> next = next(start);
        while (next.isPresent() && !next.get().isAfter(until)) {
            latest.addLast(next.get());
            if (latest.size() > most) {
                latest.removeFirst();
            }
            next = next(next.get());
        }
        return latest;
    }
}
