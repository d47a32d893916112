package dev.convergence.steps.source;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.regex.Pattern;

/// Times of bills in the spellings that providers use, in UTC; a time without a zone is UTC.
final class Times {

    static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");

    private static final Pattern MONTH = Pattern.compile("[0-9]{6}");

    private static final DateTimeFormatter ISO_LIKE =
            new DateTimeFormatterBuilder()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE)
                    .optionalStart()
                    .appendPattern("['T'][ ]HH:mm[:ss]")
                    .optionalStart()
                    .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                    .optionalEnd()
                    .optionalStart()
                    .appendPattern("[ ]")
                    .appendPattern("[XXX][XX][X]['UTC']['Z']")
                    .optionalEnd()
                    .optionalEnd()
                    .toFormatter(Locale.ROOT)
                    .withResolverStyle(ResolverStyle.STRICT);

    private static final DateTimeFormatter AMERICAN =
            DateTimeFormatter.ofPattern("M/d/uuuu", Locale.ROOT)
                    .withResolverStyle(ResolverStyle.STRICT);

    private Times() {}

    static LocalDateTime time(String text) {
        try {
            return text.indexOf('/') > 0
                    ? LocalDate.parse(text, AMERICAN).atStartOfDay()
                    : utc(ISO_LIKE.parse(text));
        } catch (DateTimeException notATime) {
            throw new BadValue("is not a time");
        }
    }

    static LocalDate day(String text) {
        return time(text).toLocalDate();
    }

    /// The instant at which an invoice month (`YYYYMM`) begins where Google closes its books.
    static LocalDateTime pacificMonth(String month, int monthsLater) {
        if (!MONTH.matcher(month).matches()) {
            throw new BadValue("is not a month like 202601");
        }
        try {
            return LocalDate.parse(month + "01", DateTimeFormatter.BASIC_ISO_DATE)
                    .plusMonths(monthsLater)
                    .atStartOfDay(PACIFIC)
                    .withZoneSameInstant(ZoneOffset.UTC)
                    .toLocalDateTime();
        } catch (DateTimeException notAMonth) {
            throw new BadValue("is not a month like 202601");
        }
    }

    private static LocalDateTime utc(TemporalAccessor parsed) {
        LocalDate date = parsed.query(TemporalQueries.localDate());
        LocalTime time = parsed.query(TemporalQueries.localTime());
        ZoneOffset offset = parsed.query(TemporalQueries.offset());
        LocalDateTime local = date.atTime(time == null ? LocalTime.MIDNIGHT : time);
        return offset == null
                ? local
                : OffsetDateTime.of(local, offset)
                        .withOffsetSameInstant(ZoneOffset.UTC)
                        .toLocalDateTime();
    }
}
