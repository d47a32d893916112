package dev.convergence.steps.source;

import org.jspecify.annotations.Nullable;

/// A line that cannot be loaded as it is.
///
/// @param column null when the line as a whole cannot be read
public record BadRow(String file, long line, @Nullable String column, String why) {

    /// What it has in common with others.
    String reason() {
        return column == null ? why : column + ": " + why;
    }

    String sentence() {
        return "line "
                + line
                + " of "
                + file
                + (column == null ? ": " : ", column " + column + ": ")
                + why;
    }
}
