package dev.convergence.steps.quality;

/// What a rule found.
///
/// @param actual in words for the user
record Verdict(boolean passed, long rowsChecked, long rowsFailed, String actual) {

    private static final String NOTHING = "no values";

    /// For a statistic of rows that are not there: nothing contradicts it.
    static Verdict vacuous(long rows) {
        return new Verdict(true, rows, 0, NOTHING);
    }

    static Verdict of(boolean passed, long rows, String actual) {
        return new Verdict(passed, rows, 0, actual);
    }
}
