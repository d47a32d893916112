package dev.convergence.steps.source;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

/// A file, or what Java has taken apart of one, that DuckDB reads in one statement.
interface WholeFile {

    Header header();

    /// Whether no line has a name that the header does not; of JSON that Java takes apart nobody
    /// knows.
    boolean isComplete();

    /// What stands behind FROM: a relation with a row for each line, in the file's order.
    ///
    /// @param wanted names under which values are asked for
    String relation(Set<String> wanted);

    /// The cleaned value that the relation has under a name, in SQL.
    String value(String plainName);

    /// True, in SQL, for a line with a word for nothing among its values.
    String emptyWord();

    /// The numbers that lines have in the file, by their places among the rows, from 0.
    Map<Long, Long> lines(SortedSet<Long> places) throws IOException;
}
