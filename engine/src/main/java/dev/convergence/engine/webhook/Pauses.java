package dev.convergence.engine.webhook;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// How long to wait before a delivery is tried again: about 1 s, 10 s, then doubling. Pure.
final class Pauses {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration SECOND = Duration.ofSeconds(10);
    private static final Duration MAX = Duration.ofHours(1);

    /// A pause is up to this share shorter or longer, so that what failed together does not come
    /// again together.
    private static final double JITTER = 0.1;

    private static final int DOUBLINGS_MAX = 9;

    private Pauses() {}

    /// @param failures how many attempts have failed, at least 1
    /// @param random from 0 to 1
    static Duration after(int failures, double random) {
        Duration whole =
                failures == 1
                        ? FIRST
                        : SECOND.multipliedBy(1L << Math.min(failures - 2, DOUBLINGS_MAX));
        double share = 1 - JITTER + 2 * JITTER * random;
        return Duration.ofMillis(Math.round(shorter(whole, MAX).toMillis() * share));
    }

    /// The pause, or the longer one that the receiver asks for, up to an hour.
    ///
    /// @param asked a number of seconds or a date, as in the header Retry-After
    static Duration atLeast(Duration pause, @Nullable String asked, Instant now) {
        Duration wanted = shorter(asked == null ? Duration.ZERO : read(asked.strip(), now), MAX);
        return wanted.compareTo(pause) > 0 ? wanted : pause;
    }

    private static Duration read(String asked, Instant now) {
        if (asked.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(asked));
        }
        try {
            return Duration.between(
                    now,
                    ZonedDateTime.parse(asked, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
