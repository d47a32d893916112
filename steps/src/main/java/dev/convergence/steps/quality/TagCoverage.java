package dev.convergence.steps.quality;

import dev.convergence.engine.step.QualityCheck;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Rows that have all required tags have a share of the cost, all amounts as if positive. Which
/// tags are required the run says; when it says none, there is nothing to ask.
///
/// @param of the column whose amounts are added up
/// @param by the columns that name whose cost lacks tags
record TagCoverage(
        String column, String of, List<String> by, List<String> required, BigDecimal target)
        implements TableExpectation {

    static final String NONE_REQUIRED = "no tag is required; the setting required_tags names some";

    TagCoverage requiring(List<String> tags, BigDecimal least) {
        return new TagCoverage(column, of, by, tags, least);
    }

    @Override
    public List<String> columns() {
        return Stream.concat(Stream.of(column, of), by.stream()).toList();
    }

    @Override
    public List<Sql> measures(TableFacts table) {
        String amount = "abs(" + table.number(of) + ")";
        return required.isEmpty()
                ? List.of()
                : List.of(
                        Sql.format("sum(CASE WHEN %s THEN " + amount + " END)", tagged(table)),
                        Sql.of("sum(" + amount + ")"),
                        Sql.countOf(Sql.format("NOT (%s)", tagged(table))));
    }

    /// True for a row that has a value for each required tag.
    private Sql tagged(TableFacts table) {
        String tags = table.json(column);
        return Sql.join(
                " AND ",
                required.stream()
                        .map(tag ->
                                Sql.of(
                                        "coalesce(trim(json_extract_string(%s, ?)), '') <> ''"
                                                .formatted(tags),
                                        pointer(tag)))
                        .toList());
    }

    /// A JSON pointer takes any key.
    private static String pointer(String tag) {
        return "/" + tag.replace("~", "~0").replace("/", "~1");
    }

    @Override
    public Verdict judge(Measured measured, TableFacts table, LoadTime time) {
        if (required.isEmpty()) {
            return Verdict.of(true, 0, NONE_REQUIRED);
        }
        BigDecimal part = measured.number(0);
        BigDecimal whole = measured.number(1);
        if (whole == null || whole.signum() == 0) {
            return Verdict.vacuous(measured.rows());
        }
        BigDecimal share =
                (part == null ? BigDecimal.ZERO : part).divide(whole, MathContext.DECIMAL32);
        return new Verdict(
                share.compareTo(target) >= 0,
                measured.rows(),
                measured.count(2),
                "share " + share.toPlainString());
    }

    /// Whose cost lacks tags, the highest first.
    @Override
    public Optional<Sql> failingKeys(TableFacts table) {
        String select =
                """
                SELECT %s AS failing_key FROM %s WHERE NOT (%%s)
                GROUP BY %s ORDER BY sum(abs(%s)) DESC, failing_key LIMIT %d
                """
                        .formatted(
                                RowKey.words(by),
                                Identifier.quoted(table.table()),
                                RowKey.list(by),
                                table.number(of),
                                QualityCheck.FAILING_KEYS_MAX);
        return required.isEmpty()
                ? Optional.empty()
                : Optional.of(Sql.format(select, tagged(table)));
    }

    @Override
    public String expected() {
        return "the tags %s on a share of at least %s of %s"
                .formatted(required, target.toPlainString(), of);
    }
}
