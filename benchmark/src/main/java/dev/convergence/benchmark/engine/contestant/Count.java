package dev.convergence.benchmark.engine.contestant;

/// What became of the jobs of a run.
///
/// @param missing how many never ran
/// @param again how many executions were one too many
public record Count(int jobs, int missing, int again) {

    public boolean isExact() {
        return missing == 0 && again == 0;
    }

    @Override
    public String toString() {
        return isExact()
                ? jobs + " jobs, each once"
                : "%d jobs, %d never ran, %d ran once too often".formatted(jobs, missing, again);
    }
}
