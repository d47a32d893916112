package dev.convergence.steps.quality;

import dev.convergence.engine.step.QualityCheck.Severity;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/// One rule of a suite.
///
/// @param mostly the share of rows, 0 to 1, that has to keep a rule of rows
/// @param when the rows that a rule of rows is about; empty for all
record Rule(
        String name,
        String kind,
        Severity severity,
        OnFail onFail,
        BigDecimal mostly,
        List<Condition> when,
        Expectation expectation) {

    /// What a failure does to the run.
    enum OnFail {
        WARN,
        FAIL_RUN,
        /// The rows that break the rule are set aside with their reasons, and the others loaded.
        QUARANTINE
    }

    /// The same rule with another end of its failure.
    Rule with(OnFail action) {
        return new Rule(name, kind, severity, action, mostly, when, expectation);
    }

    /// The same rule, wanting something else of the table.
    Rule wanting(Expectation other) {
        return new Rule(name, kind, severity, onFail, mostly, when, other);
    }

    boolean isOfRows() {
        return expectation instanceof RowExpectation;
    }

    List<String> columns() {
        return Stream.concat(expectation.columns().stream(), when.stream().map(Condition::column))
                .distinct()
                .toList();
    }

    /// Exact at the boundary: 95 of 100 keep a rule that 0.95 must keep.
    boolean enough(long checked, long failed) {
        BigDecimal wanted = mostly.multiply(BigDecimal.valueOf(checked));
        return BigDecimal.valueOf(checked - failed).compareTo(wanted) >= 0;
    }

    /// True, in SQL, for a row that a rule of rows looks at.
    Sql looksAt(RowExpectation rows, TableFacts table) {
        List<Sql> parts =
                Stream.concat(Stream.of(rows.looksAt()), when.stream().map(c -> c.holds(table)))
                        .toList();
        return Sql.join(" AND ", parts);
    }

    /// True, in SQL, for a row that it looks at and that breaks it.
    Sql broken(RowExpectation rows, TableFacts table) {
        return Sql.format("%s AND coalesce((%s), true)", looksAt(rows, table), rows.broken(table));
    }
}
