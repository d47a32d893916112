package dev.convergence.steps.quality;

import java.util.List;

/// What a rule wants of a table.
sealed interface Expectation permits RowExpectation, TableExpectation {

    /// The columns that must be there for the question to make sense.
    List<String> columns();

    /// What is wanted, in words for the user.
    String expected();
}
