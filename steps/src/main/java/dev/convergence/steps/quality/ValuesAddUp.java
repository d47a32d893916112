package dev.convergence.steps.quality;

import java.util.List;

/// The rows of each of some values are together all rows that the source has: none has another
/// value, and none was lost on the way.
record ValuesAddUp(String column, List<String> values) implements TableExpectation {

    @Override
    public List<String> columns() {
        return List.of(column);
    }

    @Override
    public List<Sql> measures(TableFacts table) {
        return List.of(Sql.countOf(Sql.format(table.text(column) + " IN %s", Sql.list(values))));
    }

    @Override
    public Verdict judge(Measured measured, TableFacts table, LoadTime time) {
        return table.source()
                .map(source -> compare(measured.count(0), source.rows(), measured.rows()))
                .orElseGet(() -> Verdict.of(false, measured.rows(), SumEquals.NO_TOTALS));
    }

    private static Verdict compare(long counted, long source, long rows) {
        return new Verdict(
                counted == source,
                rows,
                Math.abs(source - counted),
                counted + " rows have one of the values, the source has " + source);
    }

    @Override
    public String expected() {
        return values + " together as many as the source has rows";
    }
}
