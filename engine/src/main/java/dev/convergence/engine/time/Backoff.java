package dev.convergence.engine.time;

import java.time.Duration;

/// How long to wait before the n-th retry: base × multiplier^(n-1), never more than the cap.
///
/// @param base the pause before the first retry
/// @param multiplier 1 keeps the pause constant, 0 makes every retry after the first immediate
/// @param cap the longest pause
public record Backoff(Duration base, double multiplier, Duration cap) {

    public static final Duration BASE_DEFAULT = Duration.ofSeconds(10);
    public static final double MULTIPLIER_DEFAULT = 2;
    public static final Duration CAP_DEFAULT = Duration.ofHours(1);

    public static final Backoff DEFAULT =
            new Backoff(BASE_DEFAULT, MULTIPLIER_DEFAULT, CAP_DEFAULT);

    public Backoff {
        if (base.isNegative() || cap.isNegative() || multiplier < 0) {
            throw new IllegalArgumentException("A pause is not negative.");
        }
    }

    /// @param retry 1 for the first retry
    public Duration before(int retry) {
        double millis = base.toMillis() * Math.pow(multiplier, retry - 1.0);
        return millis >= cap.toMillis() ? cap : Duration.ofMillis((long) millis);
    }

    /// The same pause moved by up to `share` of itself, so that what failed together does not
    /// return together.
    ///
    /// @param random a number from 0 (inclusive) to 1
    public Duration before(int retry, double share, double random) {
        double factor = 1 + share * (2 * random - 1);
        return Duration.ofMillis((long) (before(retry).toMillis() * factor));
    }
}
