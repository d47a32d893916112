package dev.convergence.steps.http;

import java.time.Duration;

/// How much of an HTTP source is waited for and read.
public record HttpLimits(
        Duration connect, Duration silence, Duration whole, long bytesMax, int redirectsMax) {

    private static final long GIBIBYTE = 1L << 30;

    public static final HttpLimits DEFAULT =
            new HttpLimits(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60),
                    Duration.ofMinutes(10),
                    GIBIBYTE,
                    5);

    /// Of one page of a report, which is read as a whole.
    public static final HttpLimits PAGE =
            new HttpLimits(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60),
                    Duration.ofMinutes(2),
                    32L << 20,
                    0);
}
