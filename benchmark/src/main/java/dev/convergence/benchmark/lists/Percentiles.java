package dev.convergence.benchmark.lists;

import dev.convergence.benchmark.engine.line.Figure;
import java.util.List;

/// How long half, almost all and all answers took at most.
record Percentiles(double p50, double p95, double max) {

    static Percentiles of(Figure figure) {
        List<Double> sorted = figure.rounds().stream().sorted().toList();
        return new Percentiles(at(sorted, 0.5), at(sorted, 0.95), at(sorted, 1));
    }

    private static double at(List<Double> sorted, double share) {
        return sorted.isEmpty()
                ? Double.NaN
                : sorted.get(Math.max(1, (int) Math.ceil(share * sorted.size())) - 1);
    }
}
