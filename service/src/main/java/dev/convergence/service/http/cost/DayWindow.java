package dev.convergence.service.http.cost;

import dev.convergence.engine.error.EngineException;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// The days that are asked about, both ends included; an end that is not given is open.
record DayWindow(@Nullable LocalDate start, @Nullable LocalDate end) {

    private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2200, 12, 31);

    static DayWindow of(@Nullable String start, @Nullable String end) {
        DayWindow window = new DayWindow(day("start_date", start), day("end_date", end));
        if (window.start != null && window.end != null && window.end.isBefore(window.start)) {
            throw EngineException.invalidField(
                    "end_date", "OUT_OF_RANGE", "must not be before start_date.");
        }
        return window;
    }

    private static @Nullable LocalDate day(String field, @Nullable String text) {
        try {
            LocalDate day = text == null || text.isEmpty() ? null : LocalDate.parse(text);
            if (day == null || !(day.isBefore(EARLIEST) || day.isAfter(LATEST))) {
                return day;
            }
        } catch (DateTimeException wrong) {
            // The sentence below says what is expected.
        }
        throw EngineException.invalidField(
                field, "INVALID_VALUE", "is a day such as 2026-11-22, of 1900 to 2200.");
    }

    /// Whether a row's charge begins in the window, in SQL.
    String condition() {
        String from = start == null ? "true" : "ChargePeriodStart >= DATE '" + start + "'";
        String to = end == null ? "true" : "ChargePeriodStart < DATE '" + end.plusDays(1) + "'";
        return from + " AND " + to;
    }
}
