package dev.convergence.engine.job;

/// A tenant's jobs in numbers, as far as they are kept.
///
/// @param succeeded runs that COMPLETED
/// @param failed runs that FAILED, those stopped by their caller too
/// @param skipped runs that were SKIPPED, by their handler or by their group
/// @param cancelled jobs that somebody cancelled, waiting or running
public record JobCounts(
        long queued, long running, long succeeded, long failed, long skipped, long cancelled) {

    public long executed() {
        return succeeded + failed + skipped;
    }
}
