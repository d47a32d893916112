package dev.convergence.service.http.scheduler;

import dev.convergence.api.scheduler.ExplainAnswer;
import dev.convergence.api.scheduler.ExplainAnswer.Change;
import dev.convergence.api.scheduler.ExplainAnswer.Due;
import dev.convergence.engine.time.Cadence;
import dev.convergence.engine.time.DstGap;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The next instants of a cadence, with the days marked on which the clocks change.
final class Explanation {

    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");
    private static final DateTimeFormatter WITH_OFFSET =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm xxx");

    private static final int CHANGES_MAX = 100;

    private final Cadence cadence;
    private final ZoneId zone;
    private final ZoneRules rules;

    private Explanation(Cadence cadence) {
        this.cadence = cadence;
        zone = cadence.zone();
        rules = zone.getRules();
    }

    static ExplainAnswer of(Cadence cadence, Instant from, int count) {
        return new Explanation(cadence).explain(from, count);
    }

    private ExplainAnswer explain(Instant from, int count) {
        List<Due> due = new ArrayList<>();
        Instant last = from;
        Optional<Instant> next = cadence.next(from);
        while (next.isPresent() && due.size() < count) {
            last = next.get();
            due.add(due(last));
            next = cadence.next(last);
        }
        return new ExplainAnswer(
                cadence.cron().toString(),
                zone.getId(),
                cadence.gap().name(),
                cadence.overlap().name(),
                from,
                due,
                changes(from, last));
    }

    private Due due(Instant at) {
        ZoneOffsetTransition change = changeOfTheDay(at);
        return new Due(
                at,
                WITH_OFFSET.format(at.atZone(zone)),
                change == null ? null : kind(change),
                change == null ? null : note(at, change));
    }

    private @Nullable ZoneOffsetTransition changeOfTheDay(Instant at) {
        LocalDate day = LocalDate.ofInstant(at, zone);
        ZoneOffsetTransition before = rules.previousTransition(at.plusNanos(1));
        if (before != null && before.getDateTimeAfter().toLocalDate().equals(day)) {
            return before;
        }
        ZoneOffsetTransition after = rules.nextTransition(at);
        return after != null && after.getDateTimeBefore().toLocalDate().equals(day) ? after : null;
    }

    private String note(Instant at, ZoneOffsetTransition change) {
        LocalDateTime local = LocalDateTime.ofInstant(at, zone);
        if (change.isGap() && change.getInstant().equals(at) && isShifted(at)) {
            return "Its local time does not exist on this day; it is due at the first instant after the gap.";
        }
        if (change.isOverlap() && rules.getValidOffsets(local).size() == 2) {
            boolean isFirst = at.isBefore(change.getInstant());
            return "This local time comes twice; this is the " + (isFirst ? "first." : "second.");
        }
        return "The clocks go from "
                + LOCAL.format(change.getDateTimeBefore())
                + " to "
                + LOCAL.format(change.getDateTimeAfter())
                + ".";
    }

    private boolean isShifted(Instant at) {
        Cadence strict = new Cadence(cadence.cron(), zone, DstGap.SKIP, cadence.overlap());
        return !strict.next(at.minusSeconds(1)).equals(Optional.of(at));
    }

    private List<Change> changes(Instant from, Instant until) {
        List<Change> changes = new ArrayList<>();
        ZoneOffsetTransition next = rules.nextTransition(from);
        while (next != null && !next.getInstant().isAfter(until) && changes.size() < CHANGES_MAX) {
            changes.add(
                    new Change(
                            next.getInstant(),
                            kind(next),
                            LOCAL.format(next.getDateTimeBefore()),
                            LOCAL.format(next.getDateTimeAfter())));
            next = rules.nextTransition(next.getInstant());
        }
        return changes;
    }

    private static String kind(ZoneOffsetTransition change) {
        return change.isGap() ? "GAP" : "OVERLAP";
    }
}
