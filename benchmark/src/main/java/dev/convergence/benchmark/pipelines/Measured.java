package dev.convergence.benchmark.pipelines;

import java.util.Map;

/// What was found of one bill.
///
/// @param plain DuckDB alone
/// @param first the first load, by step
/// @param second the same load again, by step
/// @param peakMebibytes of the process during both loads
record Measured(
        Bill bill,
        long rows,
        long fileBytes,
        Took plain,
        Map<String, Took> first,
        Map<String, Took> second,
        long plainPeakMebibytes,
        long peakMebibytes) {

    Took firstInAll() {
        return inAll(first);
    }

    /// Our time in that of DuckDB alone.
    double ratio() {
        return firstInAll().seconds() / plain.seconds();
    }

    /// The same of the processors' time.
    double processorRatio() {
        return firstInAll().processorSeconds() / plain.processorSeconds();
    }

    double secondToFirst() {
        return inAll(second).seconds() / firstInAll().seconds();
    }

    double processorSecondToFirst() {
        return inAll(second).processorSeconds() / firstInAll().processorSeconds();
    }

    private static Took inAll(Map<String, Took> steps) {
        return steps.values().stream().reduce(Took.NOTHING, Took::plus);
    }
}
