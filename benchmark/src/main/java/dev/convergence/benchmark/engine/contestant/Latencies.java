package dev.convergence.benchmark.engine.contestant;

import java.util.Collection;

/// How long jobs took from just before they were put in to their start, in milliseconds.
public record Latencies(double p50, double p95, double p99, Count count) {

    static Latencies of(Collection<Long> micros, Count count) {
        long[] sorted = micros.stream().mapToLong(Long::longValue).sorted().toArray();
        return new Latencies(at(sorted, 0.50), at(sorted, 0.95), at(sorted, 0.99), count);
    }

    private static double at(long[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int index = (int) Math.ceil(share * sorted.length) - 1;
        return sorted[Math.max(0, index)] / 1000.0;
    }
}
