package dev.convergence.steps.quality;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/// Rows with certain values have a share, in a range, of the sum of a column's amounts.
///
/// @param of the column whose amounts are added up, all as if positive
record ShareBetween(String column, List<String> wanted, String of, Bounds bounds)
        implements TableExpectation {

    @Override
    public List<String> columns() {
        return List.of(column, of);
    }

    @Override
    public List<Sql> measures(TableFacts table) {
        String amount = "abs(" + table.number(of) + ")";
        String ofWanted =
                "sum(CASE WHEN %s IN %%s THEN %s END)".formatted(table.text(column), amount);
        return List.of(Sql.format(ofWanted, Sql.list(wanted)), Sql.of("sum(" + amount + ")"));
    }

    @Override
    public Verdict judge(Measured measured, TableFacts table, LoadTime time) {
        BigDecimal part = measured.number(0);
        BigDecimal whole = measured.number(1);
        if (whole == null || whole.signum() == 0) {
            return Verdict.vacuous(measured.rows());
        }
        BigDecimal share =
                (part == null ? BigDecimal.ZERO : part).divide(whole, MathContext.DECIMAL32);
        return Verdict.of(bounds.holds(share), measured.rows(), "share " + share.toPlainString());
    }

    @Override
    public String expected() {
        return "a share " + bounds + " of " + of + " for " + wanted;
    }
}
