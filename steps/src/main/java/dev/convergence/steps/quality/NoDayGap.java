package dev.convergence.steps.quality;

import java.util.List;

/// Each day between the first and the last has a row.
record NoDayGap(String column) implements TableExpectation {

    @Override
    public List<String> columns() {
        return List.of(column);
    }

    @Override
    public List<Sql> measures(TableFacts table) {
        String day = "CAST(" + Identifier.quoted(column) + " AS DATE)";
        return List.of(
                Sql.of("count(DISTINCT " + day + ")"),
                Sql.of("date_diff('day', min(" + day + "), max(" + day + ")) + 1"));
    }

    @Override
    public Verdict judge(Measured measured, TableFacts table, LoadTime time) {
        long missing = measured.count(1) - measured.count(0);
        return measured.count(0) == 0
                ? Verdict.vacuous(measured.rows())
                : Verdict.of(missing == 0, measured.rows(), missing + " days without a row");
    }

    @Override
    public String expected() {
        return "a row on each day";
    }
}
