package dev.convergence.steps.source;

import java.util.Map;

/// Takes the lines of a file one by one, its header first.
interface RowSink {

    /// The names of the file's columns; a file without rows need not have any.
    void header(Header header);

    /// The file's columns as they are written, each with its type there; behind the header.
    default void columns(Map<String, String> types) {}

    /// Takes all lines of a file at once; false where they have to come one by one.
    default boolean whole(WholeFile file) {
        return false;
    }

    void row(SourceRow row);

    /// A page of a list has ended.
    ///
    /// @param more whether it says that another one follows
    default void page(boolean more) {}

    /// A line that could not even be taken apart.
    void bad(long line, String why);
}
