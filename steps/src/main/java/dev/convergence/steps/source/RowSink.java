package dev.convergence.steps.source;

/// Takes the lines of a file one by one, its header first.
interface RowSink {

    /// The names of the file's columns; a file without rows need not have any.
    void header(Header header);

    void row(SourceRow row);

    /// A line that could not even be taken apart.
    void bad(long line, String why);
}
