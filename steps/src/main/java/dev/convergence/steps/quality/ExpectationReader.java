package dev.convergence.steps.quality;

import dev.convergence.steps.quality.QuantilesBetween.Quantile;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Reads an expectation of any kind; one for each column where a rule names several.
final class ExpectationReader {

    private static final BigDecimal HALF = new BigDecimal("0.5");
    private static final int LENGTH_MAX = 1_000_000;

    private static final Map<String, Function<Fields, List<? extends Expectation>>> KINDS =
            new TreeMap<>();

    static {
        KINDS.put("row_count_between", f -> List.of(new RowCountBetween(Bounds.of(f))));
        KINDS.put(
                "columns_match",
                f -> List.of(new ColumnsMatch(f.names("columns"), f.flag("exact"))));
        KINDS.put("not_null", f -> each(f, RowExpectation.NotNull::new));
        KINDS.put("is_null", f -> each(f, RowExpectation.IsNull::new));
        KINDS.put("between", ExpectationReader::between);
        KINDS.put("in_set", ExpectationReader::inSet);
        KINDS.put("not_in_set", ExpectationReader::notInSet);
        KINDS.put("matches_regex", ExpectationReader::matchesRegex);
        KINDS.put("length_equal", ExpectationReader::lengthEqual);
        KINDS.put("pair_greater_equal", ExpectationReader::pair);
        KINDS.put("mean_between", f -> List.of(new MeanBetween(f.name("column"), Bounds.of(f))));
        KINDS.put("median_between", ExpectationReader::median);
        KINDS.put("quantiles_between", ExpectationReader::quantiles);
        KINDS.put("unique", f -> List.of(new Unique(f.names("columns"))));
        KINDS.put(
                "constant_within",
                f -> List.of(new ConstantWithin(f.name("column"), f.names("within"))));
        KINDS.put("freshness", ExpectationReader::freshness);
        KINDS.put("reconciliation", f -> List.of(new Reconciliation()));
        KINDS.put("sum_equals", ExpectationReader::sumEquals);
        KINDS.put("product_equals", ExpectationReader::productEquals);
        KINDS.put("share_between", ExpectationReader::share);
        KINDS.put("not_containing", ExpectationReader::without);
        KINDS.put("currency_code", f -> each(f, RowExpectation.CurrencyCode::new));
        KINDS.put("some_rows", f -> List.of(new SomeRows()));
        KINDS.put(
                "values_add_up",
                f -> List.of(new ValuesAddUp(f.name("column"), f.texts("values"))));
        KINDS.put("tag_coverage", ExpectationReader::tagCoverage);
        KINDS.put(
                "split_adds_up",
                f -> List.of(new SplitAddsUp(f.name("column"), f.names("within"))));
        KINDS.put("once_across_files", f -> List.of(new OnceAcrossFiles(f.names("columns"))));
        KINDS.put(
                "costs_match_prices", f -> List.of(CostsMatchPrices.to(required(f, "tolerance"))));
        KINDS.put("no_day_gap", f -> List.of(new NoDayGap(f.name("column"))));
    }

    private ExpectationReader() {}

    /// Empty when the kind is not known; the fault is noted.
    static List<? extends Expectation> read(String kind, Fields fields) {
        Function<Fields, List<? extends Expectation>> reader = KINDS.get(kind);
        if (reader == null) {
            fields.fault("kind", "UNKNOWN_VALUE", "must be one of " + KINDS.keySet() + ".");
            return List.of();
        }
        return reader.apply(fields);
    }

    private static List<Expectation> each(Fields fields, Function<String, Expectation> of) {
        return fields.columns().stream().map(of).toList();
    }

    private static List<Expectation> between(Fields fields) {
        Bounds bounds = Bounds.of(fields);
        return each(fields, column -> new RowExpectation.Between(column, bounds));
    }

    private static List<Expectation> inSet(Fields fields) {
        List<String> values = fields.texts("values");
        return each(fields, column -> new RowExpectation.InSet(column, values));
    }

    private static List<Expectation> notInSet(Fields fields) {
        List<String> values = fields.texts("values");
        return each(fields, column -> new RowExpectation.NotInSet(column, values));
    }

    private static List<Expectation> without(Fields fields) {
        String word = fields.text("word");
        return each(fields, column -> new RowExpectation.Without(column, word));
    }

    private static List<Expectation> tagCoverage(Fields fields) {
        return List.of(
                new TagCoverage(
                        fields.name("column"),
                        fields.name("of"),
                        fields.names("by"),
                        List.of(),
                        required(fields, "target")));
    }

    private static List<Expectation> matchesRegex(Fields fields) {
        String regex = fields.text("regex");
        try {
            Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            fields.fault("regex", "INVALID_PATTERN", "is no pattern: " + e.getDescription() + ".");
        }
        return each(fields, column -> new RowExpectation.MatchesRegex(column, regex));
    }

    private static List<Expectation> lengthEqual(Fields fields) {
        BigDecimal length = required(fields, "length");
        boolean whole = length.signum() >= 0 && length.stripTrailingZeros().scale() <= 0;
        if (!whole || length.compareTo(BigDecimal.valueOf(LENGTH_MAX)) > 0) {
            fields.fault("length", "OUT_OF_RANGE", "must be a whole number up to a million.");
            return List.of();
        }
        return each(
                fields, column -> new RowExpectation.LengthEqual(column, length.intValueExact()));
    }

    private static List<Expectation> pair(Fields fields) {
        return List.of(
                new RowExpectation.PairGreaterEqual(
                        fields.name("column"), fields.name("other"), fields.flag("strict")));
    }

    private static List<Expectation> median(Fields fields) {
        Quantile half = new Quantile(HALF, Bounds.of(fields));
        return List.of(new QuantilesBetween(fields.name("column"), List.of(half)));
    }

    private static List<Expectation> quantiles(Fields fields) {
        List<Quantile> quantiles = fields.each("quantiles", ExpectationReader::quantile);
        return List.of(new QuantilesBetween(fields.name("column"), quantiles));
    }

    private static Quantile quantile(Fields fields) {
        BigDecimal at = required(fields, "at");
        if (at.signum() < 0 || at.compareTo(BigDecimal.ONE) > 0) {
            fields.fault("at", "OUT_OF_RANGE", "must be from 0 to 1.");
        }
        return new Quantile(at, Bounds.of(fields));
    }

    private static List<Expectation> sumEquals(Fields fields) {
        BigDecimal tolerance = fields.decimal("tolerance");
        return List.of(
                new SumEquals(fields.columns(), tolerance == null ? BigDecimal.ZERO : tolerance));
    }

    private static List<Expectation> productEquals(Fields fields) {
        return List.of(
                new RowExpectation.ProductEquals(
                        fields.name("column"),
                        fields.names("factors"),
                        required(fields, "tolerance")));
    }

    private static List<Expectation> share(Fields fields) {
        return List.of(
                new ShareBetween(
                        fields.name("column"),
                        fields.texts("values"),
                        fields.name("of"),
                        Bounds.of(fields)));
    }

    private static List<Expectation> freshness(Fields fields) {
        return List.of(
                new Freshness(
                        fields.name("column"),
                        duration(fields),
                        SuiteReader.when(fields),
                        fields.flag("of_window")));
    }

    private static Duration duration(Fields fields) {
        String text = fields.text("max_age");
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            fields.fault("max_age", "INVALID_DURATION", "must be a duration such as PT48H.");
            return Duration.ZERO;
        }
    }

    private static BigDecimal required(Fields fields, String field) {
        BigDecimal value = fields.decimal(field);
        if (value == null) {
            fields.fault(field, "REQUIRED", "must be a number.");
            return BigDecimal.ZERO;
        }
        return value;
    }
}
