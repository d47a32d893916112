package dev.convergence.service.http.limits;

import java.time.Duration;
import java.time.Instant;

/// Counts what happened in the last minute or hour, in sixty parts, so that its memory is constant.
///
/// A part leaves the window as a whole, which makes the limit strict by at most one part.
final class SlidingWindow {

    private static final int PARTS = 60;

    private final int limit;
    private final long partMillis;
    private final int[] counts = new int[PARTS];
    private long newest;
    private int sum;

    SlidingWindow(int limit, Duration length) {
        this.limit = limit;
        partMillis = length.toMillis() / PARTS;
    }

    /// Counts one, when one is left.
    synchronized Allowance take(Instant now) {
        advance(now);
        if (sum >= limit) {
            return new Allowance(limit, -1, secondsUntilFree(now));
        }
        counts[index(newest)]++;
        sum++;
        return new Allowance(limit, limit - sum, secondsUntilFree(now));
    }

    private void advance(Instant now) {
        long part = Math.max(now.toEpochMilli() / partMillis, newest);
        for (long next = Math.max(newest + 1, part - PARTS + 1); next <= part; next++) {
            sum -= counts[index(next)];
            counts[index(next)] = 0;
        }
        newest = part;
    }

    /// How long until the oldest counted part leaves, at least a second.
    private long secondsUntilFree(Instant now) {
        for (long part = newest - PARTS + 1; part <= newest; part++) {
            if (counts[index(part)] > 0) {
                long free = (part + PARTS) * partMillis - now.toEpochMilli();
                return Math.max(1, Math.ceilDiv(free, 1000L));
            }
        }
        return 1;
    }

    private static int index(long part) {
        return (int) Math.floorMod(part, (long) PARTS);
    }

    /// @param remaining how many more may come; -1 when this one was refused
    /// @param resetSeconds when the next place becomes free
    record Allowance(int limit, int remaining, long resetSeconds) {

        boolean isRefused() {
            return remaining < 0;
        }
    }
}
