package dev.convergence.benchmark.chaos.judge;

import java.util.List;
import java.util.Locale;

/// Seconds, by how long half, almost all and all of them took at most.
public record Quantiles(int count, double p50, double p99, double max) {

    static Quantiles of(List<Double> seconds) {
        List<Double> sorted = seconds.stream().sorted().toList();
        return sorted.isEmpty()
                ? new Quantiles(0, 0, 0, 0)
                : new Quantiles(sorted.size(), at(sorted, 0.5), at(sorted, 0.99), sorted.getLast());
    }

    private static double at(List<Double> sorted, double share) {
        int rank = (int) Math.ceil(share * sorted.size());
        return sorted.get(Math.max(1, rank) - 1);
    }

    @Override
    public String toString() {
        return count == 0
                ? "none"
                : String.format(
                        Locale.ROOT,
                        "p50 %.2f s, p99 %.2f s, max %.2f s (%d)",
                        p50,
                        p99,
                        max,
                        count);
    }
}
