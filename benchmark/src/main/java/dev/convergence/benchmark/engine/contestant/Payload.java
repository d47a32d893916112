package dev.convergence.benchmark.engine.contestant;

import dev.convergence.benchmark.engine.server.WallClock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/// What every job of every contestant carries: its number, when it was sent, and the two parameters
/// that a small pipeline has.
///
/// @param number from 0 in each run, so that each can be counted; below 0 for a job to warm up with
/// @param sentMicros the moment before it was put in, in microseconds of the epoch; 0 where nobody
///   asks
public record Payload(int number, long sentMicros) {

    private static final String DATE = "2026-01-01";
    private static final String PROVIDER = "aws";

    public static Payload of(int number) {
        return new Payload(number, 0);
    }

    static Payload sentNow(int number) {
        return new Payload(number, nowMicros());
    }

    static Payload of(Map<String, Object> params) {
        return new Payload(
                ((Number) params.getOrDefault("n", -1)).intValue(),
                ((Number) params.getOrDefault("sent", 0)).longValue());
    }

    Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("n", number);
        map.put("sent", sentMicros);
        map.put("date", DATE);
        map.put("provider", PROVIDER);
        return map;
    }

    String asJson() {
        return "{\"n\":"
                + number
                + ",\"sent\":"
                + sentMicros
                + ",\"date\":\""
                + DATE
                + "\",\"provider\":\""
                + PROVIDER
                + "\"}";
    }

    /// All processes of a run are on one machine, so they have one clock.
    static long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, WallClock.instant());
    }
}
