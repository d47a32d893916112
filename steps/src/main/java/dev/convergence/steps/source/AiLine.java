package dev.convergence.steps.source;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the reports of the vendors of language models have in common.
final class AiLine {

    private AiLine() {}

    static String[] names(String amount, String... counts) {
        List<String> names = new ArrayList<>(List.of(counts));
        names.addFirst(amount);
        return names.toArray(String[]::new);
    }

    /// `cost`, `usage`, or `usage_and_cost`; null for a line that is none.
    static @Nullable String kind(SourceRow row, String amount, String... counts) {
        boolean used = row.text(counts) != null;
        if (row.text(amount) == null) {
            return used ? "usage" : null;
        }
        return used ? "usage_and_cost" : "cost";
    }

    /// The day, in UTC, on which a line's bucket begins.
    static @Nullable String day(SourceRow row) {
        String day = row.text("date", "starting_at");
        String seconds = day == null ? row.text("start_time") : null;
        return seconds == null ? day : ofSeconds(seconds);
    }

    /// When a line's bucket begins or ends, in UTC, under one of a text's names or one of seconds.
    static @Nullable String time(SourceRow row, String text, String seconds) {
        String time = row.text(text);
        String number = time == null ? row.text(seconds) : null;
        return number == null ? time : instant(number).toString();
    }

    private static String ofSeconds(String seconds) {
        return instant(seconds).atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }

    private static Instant instant(String seconds) {
        try {
            return Instant.ofEpochSecond(Money.exact(seconds).longValueExact());
        } catch (ArithmeticException | DateTimeException noTime) {
            throw new BadValue("is not a time");
        }
    }

    /// The model, or what stands before the comma of a line item such as `gpt-x, input`.
    static @Nullable String model(SourceRow row) {
        String model = row.text("model");
        String item = row.text("line_item");
        if (model != null || item == null) {
            return model;
        }
        int comma = item.lastIndexOf(',');
        return comma < 0 ? null : item.substring(0, comma).strip();
    }

    static @Nullable String cacheWrites(SourceRow row) {
        String hour = row.text("cache_creation.ephemeral_1h_input_tokens");
        String minutes = row.text("cache_creation.ephemeral_5m_input_tokens");
        if (hour == null && minutes == null) {
            return row.text("input_cache_write_tokens");
        }
        BigDecimal sum = Money.exact(hour == null ? "0" : hour);
        return sum.add(Money.exact(minutes == null ? "0" : minutes)).toPlainString();
    }

    static @Nullable String upper(@Nullable String currency) {
        return currency == null ? null : currency.toUpperCase(Locale.ROOT);
    }
}
