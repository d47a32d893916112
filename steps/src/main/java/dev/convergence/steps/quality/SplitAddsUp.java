package dev.convergence.steps.quality;

import dev.convergence.engine.step.QualityCheck;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The parts into which a provider has split a charge are together the whole charge: the
/// `AllocatedRatio`s of all its parts add up to one, the part that nobody used included.
///
/// @param column FOCUS' `AllocatedMethodDetails`: `{"Elements": [{"AllocatedRatio": 0.25}]}`
/// @param within the columns that parts of one charge share
record SplitAddsUp(String column, List<String> within) implements TableExpectation {

    /// Ratios are rounded.
    private static final String TOLERANCE = "0.000001";

    private static final String CHARGES =
            """
            SELECT %s, sum(ratio) AS ratio FROM (
              SELECT %s, TRY_CAST(unnest(json_extract_string(%s, '$.Elements[*].AllocatedRatio'))
                AS DECIMAL(38,18)) AS ratio
              FROM %s WHERE %s IS NOT NULL)
            GROUP BY ALL
            """;

    @Override
    public List<String> columns() {
        return Stream.concat(Stream.of(column), within.stream()).toList();
    }

    @Override
    public List<Sql> measures(TableFacts table) {
        return List.of(Sql.of("count(" + Identifier.quoted(column) + ")"));
    }

    @Override
    public Optional<Sql> question(TableFacts table, Measured measured) {
        return measured.count(0) == 0
                ? Optional.empty()
                : Optional.of(
                        Sql.of(
                                "SELECT count(*), count(*) FILTER (WHERE %s) FROM (%s)"
                                        .formatted(off(), charges(table))));
    }

    private static String off() {
        return "coalesce(abs(ratio - 1) > " + TOLERANCE + ", true)";
    }

    private String charges(TableFacts table) {
        String key = RowKey.list(within);
        return CHARGES.formatted(
                key,
                key,
                table.json(column),
                Identifier.quoted(table.table()),
                Identifier.quoted(column));
    }

    @Override
    public Verdict judge(Measured measured, TableFacts table, LoadTime time) {
        if (measured.count(0) == 0) {
            return Verdict.vacuous(measured.rows());
        }
        long broken = measured.count(2);
        return new Verdict(
                broken == 0,
                measured.count(1),
                broken,
                "the parts of "
                        + broken
                        + " of "
                        + measured.count(1)
                        + " charges are not the whole");
    }

    @Override
    public Optional<Sql> failingKeys(TableFacts table) {
        return Optional.of(
                Sql.of(
                        """
                        SELECT %s || ': ' || ratio::DOUBLE AS failing_key FROM (%s) WHERE %s
                        ORDER BY failing_key LIMIT %d
                        """
                                .formatted(
                                        RowKey.words(within),
                                        charges(table),
                                        off(),
                                        QualityCheck.FAILING_KEYS_MAX)));
    }

    @Override
    public String expected() {
        return "parts of a charge that add up to 1";
    }
}
