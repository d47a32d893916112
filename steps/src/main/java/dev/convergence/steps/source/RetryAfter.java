package dev.convergence.steps.source;

import dev.convergence.steps.http.ReportPage;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// How long an answer asks to wait: seconds, or a date.
final class RetryAfter {

    private RetryAfter() {}

    static Optional<Duration> of(ReportPage answer, Instant now) {
        return answer.header("retry-after").flatMap(text -> parsed(text.strip(), now));
    }

    private static Optional<Duration> parsed(String text, Instant now) {
        if (text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
            double seconds = Double.parseDouble(text);
            return Optional.of(Duration.ofMillis((long) Math.ceil(seconds * 1000)));
        }
        try {
            Instant until =
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            Duration time = Duration.between(now, until);
            return Optional.of(time.isNegative() ? Duration.ZERO : time);
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }
}
