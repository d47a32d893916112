package dev.convergence.steps.quality;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The newest time in a column is not too old.
record Freshness(String column, Duration maxAge) implements TableExpectation {

    @Override
    public List<String> columns() {
        return List.of(column);
    }

    @Override
    public List<Sql> measures(TableFacts table) {
        return List.of(
                Sql.of("epoch_ms(max(TRY_CAST(" + Identifier.quoted(column) + " AS TIMESTAMP)))"));
    }

    @Override
    public Verdict judge(Measured measured, TableFacts table, LoadTime time) {
        if (measured.values().getFirst() == null) {
            return Verdict.vacuous(measured.rows());
        }
        Instant newest = Instant.ofEpochMilli(measured.count(0));
        boolean fresh = !newest.isBefore(time.freshAt().minus(maxAge));
        return Verdict.of(fresh, measured.rows(), "newest is " + newest);
    }

    @Override
    public String expected() {
        return "newest at most " + maxAge + " old";
    }
}
