package dev.convergence.steps.quality;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/// The mean of a column lies in a range.
record MeanBetween(String column, Bounds bounds) implements TableExpectation {

    @Override
    public List<String> columns() {
        return List.of(column);
    }

    /// Divided here, not in SQL, because an average there is a binary fraction.
    @Override
    public List<Sql> measures(TableFacts table) {
        String number = table.number(column);
        return List.of(Sql.of("sum(" + number + ")"), Sql.of("count(" + number + ")"));
    }

    @Override
    public Verdict judge(Measured measured, TableFacts table, LoadTime time) {
        BigDecimal sum = measured.number(0);
        long count = measured.count(1);
        if (sum == null) {
            return Verdict.vacuous(count);
        }
        BigDecimal mean = sum.divide(BigDecimal.valueOf(count), MathContext.DECIMAL64);
        return Verdict.of(bounds.holds(mean), count, "mean " + mean.toPlainString());
    }

    @Override
    public String expected() {
        return "mean " + bounds;
    }
}
