package dev.convergence.engine.time;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// An oracle: walks minute by minute and looks at the wall clock, with a reader of cron texts of
/// its own. Slow, and too simple to be wrong in the same way.
final class SlowCron {

    private final List<Set<Integer>> values = new ArrayList<>();
    private final String[] fields;

    SlowCron(String cron) {
        fields = cron.toUpperCase(Locale.ROOT).split(" ");
        values.add(values(fields[0], 0, 59));
        values.add(values(fields[1], 0, 23));
        values.add(values(fields[2], 1, 31));
        values.add(values(fields[3], 1, 12));
        values.add(values(fields[4], 0, 7));
    }

    private static Set<Integer> values(String field, int min, int max) {
        Set<Integer> all = new HashSet<>();
        for (String part : field.split(",")) {
            String[] step = part.split("/");
            String[] ends = step[0].split("-");
            int from = step[0].equals("*") ? min : number(ends[0], max);
            int to = from;
            if (step[0].equals("*") || (ends.length == 1 && step.length == 2)) {
                to = max == 7 ? 6 : max;
            } else if (ends.length == 2) {
                to = number(ends[1], max);
            }
            int by = step.length == 2 ? Integer.parseInt(step[1]) : 1;
            for (int value = from; value <= to; value++) {
                if ((value - from) % by == 0) {
                    all.add(max == 7 && value == 7 ? 0 : value);
                }
            }
        }
        return all;
    }

    private static int number(String text, int max) {
        String names =
                max == 12 ? " JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC" : "SUNMONTUEWEDTHUFRISAT";
        if (Character.isDigit(text.charAt(0))) {
            return Integer.parseInt(text);
        }
        int at = names.indexOf(text);
        return max == 12 ? (at - 1) / 3 + 1 : at / 3;
    }

    /// All instants after one, up to another.
    List<Instant> between(
            Instant after, Instant until, ZoneId zone, DstGap gap, DstOverlap overlap) {
        ZoneRules rules = zone.getRules();
        List<Instant> due = new ArrayList<>();
        Instant minute = after.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        for (; !minute.isAfter(until); minute = minute.plus(1, ChronoUnit.MINUTES)) {
            if (isDue(minute, rules, gap, overlap)) {
                due.add(minute);
            }
        }
        return due;
    }

    private boolean isDue(Instant minute, ZoneRules rules, DstGap gap, DstOverlap overlap) {
        ZoneOffset offset = rules.getOffset(minute);
        if (gap == DstGap.SHIFT_FORWARD
                && leftOut(minute, rules).stream().anyMatch(this::matches)) {
            return true;
        }
        LocalDateTime local = LocalDateTime.ofInstant(minute, offset);
        if (!matches(local)) {
            return false;
        }
        ZoneOffset before = null;
        ZoneOffset after = null;
        for (ZoneOffset valid : rules.getValidOffsets(local)) {
            before = valid.getTotalSeconds() > offset.getTotalSeconds() ? valid : before;
            after = valid.getTotalSeconds() < offset.getTotalSeconds() ? valid : after;
        }
        return switch (overlap) {
            case BOTH -> true;
            case FIRST -> before == null; // a bigger offset comes earlier
            case SECOND -> after == null;
        };
    }

    /// The local minutes that the clocks left out to arrive at this minute.
    private static List<LocalDateTime> leftOut(Instant minute, ZoneRules rules) {
        ZoneOffset now = rules.getOffset(minute);
        ZoneOffset just = rules.getOffset(minute.minusNanos(1));
        List<LocalDateTime> left = new ArrayList<>();
        LocalDateTime local = LocalDateTime.ofInstant(minute, just);
        LocalDateTime end = LocalDateTime.ofInstant(minute, now);
        for (; local.isBefore(end); local = local.plusMinutes(1)) {
            left.add(local);
        }
        return left;
    }

    private boolean matches(LocalDateTime local) {
        boolean day = values.get(2).contains(local.getDayOfMonth());
        boolean weekday = values.get(4).contains(local.getDayOfWeek().getValue() % 7);
        boolean bothRestricted = !fields[2].startsWith("*") && !fields[4].startsWith("*");
        return values.get(0).contains(local.getMinute())
                && values.get(1).contains(local.getHour())
                && values.get(3).contains(local.getMonthValue())
                && (bothRestricted ? day || weekday : day && weekday);
    }

    /// The next change of the clocks, for tests that want to be near one.
    static Instant nextChange(Instant after, ZoneId zone) {
        ZoneOffsetTransition change = zone.getRules().nextTransition(after);
        return change == null ? after : change.getInstant();
    }
}
