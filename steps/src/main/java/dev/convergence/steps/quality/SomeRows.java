package dev.convergence.steps.quality;

import java.util.List;

/// The table has rows when its sources have some; an empty source may load nothing.
record SomeRows() implements TableExpectation {

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
        return table.source()
                .map(source ->
                        Verdict.of(
                                rows > 0 || source.rows() == 0,
                                rows,
                                rows + " rows staged of " + source.rows() + " in the source"))
                .orElseGet(() -> Verdict.of(false, rows, SumEquals.NO_TOTALS));
    }

    @Override
    public String expected() {
        return "rows, when the source has some";
    }
}
