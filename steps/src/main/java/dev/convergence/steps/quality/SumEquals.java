package dev.convergence.steps.quality;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/// The sum of a column, or of several together, equals what its sources bill.
///
/// @param tolerance how far the two may be apart; zero for exact
record SumEquals(List<String> columns, BigDecimal tolerance) implements TableExpectation {

    static final String NO_TOTALS = "the totals of the source are not known";

    @Override
    public List<Sql> measures(TableFacts table) {
        return List.of(
                Sql.of(
                        columns.stream()
                                .map(column -> "coalesce(sum(" + table.number(column) + "), 0)")
                                .collect(Collectors.joining(" + "))));
    }

    @Override
    public Verdict judge(Measured measured, TableFacts table, LoadTime time) {
        BigDecimal staged = new BigDecimal(String.valueOf(measured.values().getFirst()));
        return table.source()
                .map(source -> compare(source.cost(), staged, measured.rows()))
                .orElseGet(() -> Verdict.of(false, measured.rows(), NO_TOTALS));
    }

    private Verdict compare(BigDecimal source, BigDecimal staged, long rows) {
        boolean equal = source.subtract(staged).abs().compareTo(tolerance) <= 0;
        return Verdict.of(
                equal, rows, plain(staged) + " staged, the source bills " + plain(source));
    }

    private static String plain(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }

    @Override
    public String expected() {
        return "the sum that the source bills"
                + (tolerance.signum() == 0 ? "" : " ± " + tolerance.toPlainString());
    }
}
