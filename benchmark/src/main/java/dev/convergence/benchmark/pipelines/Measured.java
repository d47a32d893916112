package dev.convergence.benchmark.pipelines;

import java.util.Map;

/// What was found of one bill.
///
/// @param plainSeconds of DuckDB alone
/// @param firstSeconds of the first load, by step
/// @param secondSeconds of the same load again, by step
/// @param peakMebibytes of the process during both loads
record Measured(
        Bill bill,
        long rows,
        long fileBytes,
        double plainSeconds,
        Map<String, Double> firstSeconds,
        Map<String, Double> secondSeconds,
        long plainPeakMebibytes,
        long peakMebibytes) {

    double first() {
        return firstSeconds.values().stream().mapToDouble(d -> d).sum();
    }

    double second() {
        return secondSeconds.values().stream().mapToDouble(d -> d).sum();
    }

    /// Our time in that of DuckDB alone.
    double ratio() {
        return first() / plainSeconds;
    }

    double secondToFirst() {
        return second() / first();
    }
}
