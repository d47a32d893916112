package dev.convergence.steps.quality;

import dev.convergence.engine.step.QualityCheck;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// No line is in two files of a load. A line's key is its natural columns and which of the equal
/// lines of its file it is: so lines may be equal within a file, and the first of them in one file
/// and in another are the same.
record OnceAcrossFiles(List<String> natural) implements TableExpectation {

    private static final String FILE = "x_source_file";

    @Override
    public List<String> columns() {
        return Stream.concat(natural.stream(), Stream.of(FILE)).toList();
    }

    @Override
    public List<Sql> measures(TableFacts table) {
        return List.of(Sql.of("count(DISTINCT " + Identifier.quoted(FILE) + ")"));
    }

    /// Of the equal lines of several files as many are surplus as the file with the most of them
    /// does not have.
    private static final String SURPLUS =
            """
            SELECT coalesce(sum(surplus), 0) FROM (
              SELECT sum(lines) - max(lines) AS surplus FROM (
                SELECT hash(%s) AS row_key, x_source_file, count(*) AS lines FROM %s GROUP BY ALL)
              GROUP BY row_key HAVING count(*) > 1)
            """;

    /// One file cannot have a line twice by this rule, and needs no look.
    @Override
    public Optional<Sql> question(TableFacts table, Measured measured) {
        return measured.count(0) < 2
                ? Optional.empty()
                : Optional.of(
                        Sql.of(
                                SURPLUS.formatted(
                                        RowKey.list(natural), Identifier.quoted(table.table()))));
    }

    @Override
    public Verdict judge(Measured measured, TableFacts table, LoadTime time) {
        long surplus = measured.count(0) < 2 ? 0 : measured.count(1);
        return new Verdict(
                surplus == 0,
                measured.rows(),
                surplus,
                surplus + " lines are in another of the " + measured.count(0) + " files too");
    }

    @Override
    public Optional<Sql> failingKeys(TableFacts table) {
        return Optional.of(
                Sql.of(
                        """
                        SELECT string_agg(DISTINCT x_source_file, ' and ' ORDER BY x_source_file)
                            || ': ' || min(%s) AS failing_key
                        FROM %s GROUP BY hash(%s) HAVING count(DISTINCT x_source_file) > 1
                        ORDER BY failing_key LIMIT %d
                        """
                                .formatted(
                                        RowKey.words(natural.stream().limit(6).toList()),
                                        Identifier.quoted(table.table()),
                                        RowKey.list(natural),
                                        QualityCheck.FAILING_KEYS_MAX)));
    }

    @Override
    public String expected() {
        return "each line in one file only";
    }
}
