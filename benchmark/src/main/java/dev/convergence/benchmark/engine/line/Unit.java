package dev.convergence.benchmark.engine.line;

/// What a figure counts, and which way is better.
public enum Unit {
    JOBS_PER_SECOND("jobs/s", false),
    MILLISECONDS("ms", true),
    SECONDS("s", true),
    PERCENT_OF_RATE("% of the rate", false),
    STATEMENTS_PER_SECOND("statements/s", true),
    TRANSACTIONS_PER_SECOND("transactions/s", true),
    PERCENT_OF_CORE("% of a core", true),
    BYTES_PER_JOB("bytes/job", true);

    private final String word;
    private final boolean lessIsBetter;

    Unit(String word, boolean lessIsBetter) {
        this.word = word;
        this.lessIsBetter = lessIsBetter;
    }

    public String word() {
        return word;
    }

    public boolean isLessBetter() {
        return lessIsBetter;
    }
}
