package dev.convergence.engine.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A cron expression of five fields: minute, hour, day of month, month, day of week.
///
/// Lists, ranges, steps, names and `@daily` and its siblings. When both day fields are restricted,
/// a day matches if either does, as in classic cron (crontab(5)).
public final class CronExpression {

    private static final Map<String, String> MACROS =
            Map.of(
                    "@hourly", "0 * * * *",
                    "@daily", "0 0 * * *",
                    "@midnight", "0 0 * * *",
                    "@weekly", "0 0 * * 0",
                    "@monthly", "0 0 1 * *",
                    "@yearly", "0 0 1 1 *",
                    "@annually", "0 0 1 1 *");

    /// Longer than the longest pause of a possible expression: a 29 February on a given weekday.
    private static final int HORIZON_YEARS = 41;

    private final CronField minute;
    private final CronField hour;
    private final CronField dayOfMonth;
    private final CronField month;
    private final CronField dayOfWeek;
    private final String text;

    private CronExpression(String text, String[] fields) {
        this.text = text;
        minute = CronField.parse(CronField.Kind.MINUTE, fields[0]);
        hour = CronField.parse(CronField.Kind.HOUR, fields[1]);
        dayOfMonth = CronField.parse(CronField.Kind.DAY_OF_MONTH, fields[2]);
        month = CronField.parse(CronField.Kind.MONTH, fields[3]);
        dayOfWeek = CronField.parse(CronField.Kind.DAY_OF_WEEK, fields[4]);
    }

    /// @throws IllegalArgumentException with a sentence for the user; also for an expression that
    ///   no day can match
    public static CronExpression parse(String text) {
        String trimmed = text.strip();
        String expanded = MACROS.getOrDefault(trimmed.toLowerCase(Locale.ROOT), trimmed);
        String[] fields = expanded.split("\\s+");
        if (fields.length != 5) {
            throw new IllegalArgumentException(
                    "A cron expression has five fields (minute hour day-of-month month day-of-week);"
                            + " this one has "
                            + (expanded.isEmpty() ? 0 : fields.length)
                            + ".");
        }
        CronExpression cron = new CronExpression(trimmed, fields);
        if (cron.localAtOrAfter(LocalDate.of(2000, 1, 1).atStartOfDay()) == null) {
            throw new IllegalArgumentException(
                    "The cron expression '" + trimmed + "' never comes due: no such day exists.");
        }
        return cron;
    }

    /// The first instant after `after` at which the expression is due in a time zone, when nothing
    /// else is said about changes of the clocks; see [Cadence].
    public Optional<Instant> next(Instant after, ZoneId zone) {
        return Cadence.of(this, zone, DstGap.SHIFT_FORWARD, null).next(after);
    }

    /// An expression with a wildcard or a step in hour or minute keeps its pace through a repeated
    /// hour; a fixed time is due once.
    DstOverlap overlapByDefault() {
        return hour.repeats() || minute.repeats() ? DstOverlap.BOTH : DstOverlap.FIRST;
    }

    /// The first matching local time at or after another, whole minutes; null when there is none.
    @Nullable LocalDateTime localAtOrAfter(LocalDateTime start) {
        LocalDateTime from = start.truncatedTo(ChronoUnit.MINUTES);
        if (from.isBefore(start)) {
            from = from.plusMinutes(1); // offsets of long ago have seconds
        }
        LocalTime time = timeAtOrAfter(from.toLocalTime());
        LocalDate date = from.toLocalDate();
        LocalDate end = date.plusYears(HORIZON_YEARS);
        if (matches(date) && time != null) {
            return date.atTime(time);
        }
        for (date = date.plusDays(1); date.isBefore(end); date = following(date)) {
            if (matches(date)) {
                return date.atTime(hour.atOrAfter(0), minute.atOrAfter(0));
            }
        }
        return null;
    }

    private LocalDate following(LocalDate date) {
        return month.matches(date.getMonthValue())
                ? date.plusDays(1)
                : date.plusMonths(1).withDayOfMonth(1);
    }

    private @Nullable LocalTime timeAtOrAfter(LocalTime from) {
        if (hour.matches(from.getHour())) {
            int sameHour = minute.atOrAfter(from.getMinute());
            if (sameHour >= 0) {
                return LocalTime.of(from.getHour(), sameHour);
            }
        }
        int nextHour = hour.atOrAfter(from.getHour() + 1);
        return nextHour < 0 ? null : LocalTime.of(nextHour, minute.atOrAfter(0));
    }

    private boolean matches(LocalDate date) {
        if (!month.matches(date.getMonthValue())) {
            return false;
        }
        boolean ofMonth = dayOfMonth.matches(date.getDayOfMonth());
        boolean ofWeek = dayOfWeek.matches(date.getDayOfWeek().getValue() % 7);
        return dayOfMonth.isStar() || dayOfWeek.isStar() ? ofMonth && ofWeek : ofMonth || ofWeek;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CronExpression cron && cron.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
