package dev.convergence.steps.quality;

import dev.convergence.engine.step.QualityCheck;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A column has one value in each group of rows, such as one currency for an account and month.
record ConstantWithin(String column, List<String> within) implements TableExpectation {

    @Override
    public List<String> columns() {
        return Stream.concat(Stream.of(column), within.stream()).toList();
    }

    @Override
    public List<Sql> measures(TableFacts table) {
        return List.of(
                Sql.of("count(DISTINCT " + RowKey.struct(columns()) + ")"),
                Sql.of("count(DISTINCT " + RowKey.struct(within) + ")"));
    }

    @Override
    public Verdict judge(Measured measured, TableFacts table, LoadTime time) {
        long surplus = measured.count(0) - measured.count(1);
        return new Verdict(surplus == 0, measured.rows(), surplus, surplus + " surplus values");
    }

    @Override
    public Optional<Sql> failingKeys(TableFacts table) {
        return Optional.of(
                Sql.of(
                        """
                        SELECT %s AS failing_key FROM %s
                        GROUP BY %s HAVING count(DISTINCT %s) > 1 ORDER BY failing_key LIMIT %d
                        """
                                .formatted(
                                        RowKey.words(within),
                                        Identifier.quoted(table.table()),
                                        RowKey.list(within),
                                        RowKey.struct(List.of(column)),
                                        QualityCheck.FAILING_KEYS_MAX)));
    }

    @Override
    public String expected() {
        return "one value for each " + within;
    }
}
