package dev.convergence.steps.source;

/// Takes the lines of a file one by one.
interface RowSink {

    void row(SourceRow row);

    /// A line that could not even be taken apart.
    void bad(long line, String why);
}
