package dev.convergence.steps.source;

import dev.convergence.steps.source.Staged.Totals;
import java.sql.SQLException;

/// The staging table that takes the lines of a run's files.
interface RawRows extends AutoCloseable {

    /// Takes all lines of a file at once; false where it must be taken apart line by line.
    boolean whole(String name, WholeFile file);

    void add(String file, SourceRow row);

    /// All lines of a file were added.
    void end(String file);

    /// The good rows so far, and what they cost.
    Totals totals();

    @Override
    void close() throws SQLException;
}
