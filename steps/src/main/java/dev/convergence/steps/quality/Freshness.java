package dev.convergence.steps.quality;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// The newest time in a column is not too old.
///
/// @param when the rows it is about; empty for all
/// @param ofWindow whether it is held against the end of the days that are loaded, where that is
///   over: a source that was asked for yesterday has nothing newer
record Freshness(String column, Duration maxAge, List<Condition> when, boolean ofWindow)
        implements TableExpectation {

    @Override
    public List<String> columns() {
        return Stream.concat(Stream.of(column), when.stream().map(Condition::column)).toList();
    }

    @Override
    public List<Sql> measures(TableFacts table) {
        Sql newest = Sql.of("max(TRY_CAST(" + Identifier.quoted(column) + " AS TIMESTAMP))");
        return List.of(Sql.format("epoch_ms(%s)", when.isEmpty() ? newest : of(newest, table)));
    }

    private Sql of(Sql newest, TableFacts table) {
        List<Sql> conditions = when.stream().map(condition -> condition.holds(table)).toList();
        return Sql.format("%s FILTER (WHERE %s)", newest, Sql.join(" AND ", conditions));
    }

    @Override
    public Verdict judge(Measured measured, TableFacts table, LoadTime time) {
        if (measured.values().getFirst() == null) {
            return Verdict.vacuous(measured.rows());
        }
        Instant newest = Instant.ofEpochMilli(measured.count(0));
        Instant at = ofWindow ? time.overAt() : time.freshAt();
        boolean fresh = !newest.isBefore(at.minus(maxAge));
        return Verdict.of(fresh, measured.rows(), "newest is " + newest);
    }

    @Override
    public String expected() {
        return "newest at most " + maxAge + (ofWindow ? " before the end of the days" : " old");
    }
}
