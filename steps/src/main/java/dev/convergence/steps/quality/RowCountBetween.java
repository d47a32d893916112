package dev.convergence.steps.quality;

import java.math.BigDecimal;
import java.util.List;

/// The table has a plausible number of rows.
record RowCountBetween(Bounds bounds) implements TableExpectation {

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
        long rows = measured.rows();
        return Verdict.of(bounds.holds(BigDecimal.valueOf(rows)), rows, rows + " rows");
    }

    @Override
    public String expected() {
        return bounds + " rows";
    }
}
