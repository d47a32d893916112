package dev.convergence.steps.quality;

import java.util.List;

/// The table has as many rows as its sources held.
record Reconciliation() implements TableExpectation {

    @Override
    public List<String> columns() {
        return List.of();
    }

    @Override
    public List<Sql> measures(TableFacts table) {
        return List.of();
    }

    @Override
    public Verdict judge(Measured measured, TableFacts table, LoadTime time) {
        return table.source()
                .map(source -> compare(source.rows(), measured.rows()))
                .orElseGet(() -> Verdict.of(false, measured.rows(), SumEquals.NO_TOTALS));
    }

    private static Verdict compare(long source, long staged) {
        long difference = Math.abs(source - staged);
        return new Verdict(
                difference == 0,
                staged,
                difference,
                staged + " rows staged of " + source + " in the source");
    }

    @Override
    public String expected() {
        return "as many rows as the source has";
    }
}
