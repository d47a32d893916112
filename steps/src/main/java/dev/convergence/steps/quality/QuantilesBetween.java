package dev.convergence.steps.quality;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// Quantiles of a column (the median is the one at 0.5) lie in their ranges.
///
/// They are values that rows have, not means of two neighbours, so they are exact.
record QuantilesBetween(String column, List<Quantile> quantiles) implements TableExpectation {

    /// @param at 0 to 1
    record Quantile(BigDecimal at, Bounds bounds) {}

    @Override
    public List<String> columns() {
        return List.of(column);
    }

    @Override
    public List<Sql> measures(TableFacts table) {
        return quantiles.stream()
                .map(quantile ->
                        Sql.of(
                                "quantile_disc("
                                        + table.number(column)
                                        + ", "
                                        + quantile.at.toPlainString()
                                        + ")"))
                .toList();
    }

    @Override
    public Verdict judge(Measured measured, TableFacts table, LoadTime time) {
        List<String> found = new ArrayList<>();
        boolean passed = true;
        for (int i = 0; i < quantiles.size(); i++) {
            BigDecimal value = measured.number(i);
            if (value == null) {
                return Verdict.vacuous(measured.rows());
            }
            passed &= quantiles.get(i).bounds.holds(value);
            found.add("q" + quantiles.get(i).at + " " + value.toPlainString());
        }
        return Verdict.of(passed, measured.rows(), String.join(", ", found));
    }

    @Override
    public String expected() {
        return String.join(", ", quantiles.stream().map(q -> "q" + q.at + " " + q.bounds).toList());
    }
}
