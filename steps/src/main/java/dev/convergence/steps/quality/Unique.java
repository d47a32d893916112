package dev.convergence.steps.quality;

import dev.convergence.engine.step.QualityCheck;
import java.util.List;
import java.util.Optional;

/// No two rows have the same values in some columns; each surplus row counts as failed.
record Unique(List<String> columns) implements TableExpectation {

    @Override
    public List<Sql> measures(TableFacts table) {
        return List.of(Sql.of("count(DISTINCT " + RowKey.struct(columns) + ")"));
    }

    @Override
    public Verdict judge(Measured measured, TableFacts table, LoadTime time) {
        long surplus = measured.rows() - measured.count(0);
        return new Verdict(surplus == 0, measured.rows(), surplus, surplus + " surplus rows");
    }

    @Override
    public Optional<Sql> failingKeys(TableFacts table) {
        String key = RowKey.words(columns);
        return Optional.of(
                Sql.of(
                        """
                        SELECT %s AS failing_key FROM %s
                        GROUP BY %s HAVING count(*) > 1 ORDER BY failing_key LIMIT %d
                        """
                                .formatted(
                                        key,
                                        Identifier.quoted(table.table()),
                                        RowKey.list(columns),
                                        QualityCheck.FAILING_KEYS_MAX)));
    }

    @Override
    public String expected() {
        return "one row for each " + columns;
    }
}
