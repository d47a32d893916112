package dev.convergence.steps.sample;

import java.util.List;

/// How a vendor writes a line.
sealed interface Shape {

    Row row(SampleLine line);

    /// How many different lines a day can have; more are not written.
    default int linesPerDayMax() {
        return SampleKnobs.ROWS_PER_DAY_MAX;
    }

    /// A file with a header and a line for each row.
    non-sealed interface Csv extends Shape {

        List<String> columns();

        /// The column that a broken row has no number in.
        String costColumn();

        default boolean compressed() {
            return false;
        }
    }

    /// A JSON object on each line, no header.
    non-sealed interface JsonLines extends Shape {}
}
