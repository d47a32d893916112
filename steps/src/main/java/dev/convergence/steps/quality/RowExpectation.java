package dev.convergence.steps.quality;

import dev.convergence.steps.duckdb.FloatingPoint;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a rule wants of each row; a share of the rows may break it (`mostly`).
///
/// A row without a value is not looked at, except where having one is the question.
sealed interface RowExpectation extends Expectation {

    String column();

    /// True, in SQL, for a row that breaks the expectation; null counts as broken.
    Sql broken(TableFacts table);

    @Override
    default List<String> columns() {
        return List.of(column());
    }

    /// True, in SQL, for a row that the expectation says anything about.
    default Sql looksAt() {
        return Sql.of(Identifier.quoted(column()) + " IS NOT NULL");
    }

    /// Every row has a value.
    record NotNull(String column) implements RowExpectation {
        @Override
        public Sql looksAt() {
            return Sql.of("true");
        }

        @Override
        public Sql broken(TableFacts table) {
            return Sql.of(Identifier.quoted(column) + " IS NULL");
        }

        @Override
        public String expected() {
            return "a value";
        }
    }

    /// No row has a value.
    record IsNull(String column) implements RowExpectation {
        @Override
        public Sql looksAt() {
            return Sql.of("true");
        }

        @Override
        public Sql broken(TableFacts table) {
            return Sql.of(Identifier.quoted(column) + " IS NOT NULL");
        }

        @Override
        public String expected() {
            return "no value";
        }
    }

    /// The value is a number in a range.
    record Between(String column, Bounds bounds) implements RowExpectation {
        @Override
        public Sql broken(TableFacts table) {
            return bounds.outside(table.number(column));
        }

        @Override
        public String expected() {
            return bounds.toString();
        }
    }

    /// The value is one of a set.
    record InSet(String column, Collection<String> values) implements RowExpectation {
        @Override
        public Sql broken(TableFacts table) {
            return Sql.format(table.text(column) + " NOT IN %s", Sql.list(values));
        }

        @Override
        public String expected() {
            return "one of " + values;
        }
    }

    /// The value is none of a set: blanks and words that stand for "nothing".
    record NotInSet(String column, Collection<String> values) implements RowExpectation {
        @Override
        public Sql broken(TableFacts table) {
            return Sql.format(table.text(column) + " IN %s", Sql.list(values));
        }

        @Override
        public String expected() {
            return "none of " + values.stream().map(value -> "'" + value + "'").toList();
        }
    }

    /// The value does not have a word in it.
    record Without(String column, String word) implements RowExpectation {
        @Override
        public Sql broken(TableFacts table) {
            return Sql.of("contains(" + table.text(column) + ", ?)", word);
        }

        @Override
        public String expected() {
            return "nothing with " + word;
        }
    }

    /// The value is the code of a currency of ISO 4217.
    record CurrencyCode(String column) implements RowExpectation {

        /// Codes that stand for no currency.
        private static final Set<String> NONE = Set.of("XXX", "XTS");

        private static final List<String> CODES =
                Currency.getAvailableCurrencies().stream()
                        .map(Currency::getCurrencyCode)
                        .filter(code -> !NONE.contains(code))
                        .sorted()
                        .toList();

        /// Nearly every row has one of these; looking through all codes for each row would be slow.
        private static final String COMMON = "('USD', 'EUR', 'GBP', 'JPY', 'INR', 'CAD', 'AUD')";

        @Override
        public Sql broken(TableFacts table) {
            String code = table.text(column);
            return Sql.format(
                    "CASE WHEN %1$s IN %2$s THEN false ELSE %1$s NOT IN %%s END"
                            .formatted(code, COMMON),
                    Sql.list(CODES));
        }

        @Override
        public String expected() {
            return "a currency of ISO 4217";
        }
    }

    /// All of the value matches a pattern (RE2).
    record MatchesRegex(String column, String regex) implements RowExpectation {
        @Override
        public Sql broken(TableFacts table) {
            return Sql.of("NOT regexp_full_match(" + table.text(column) + ", ?)", regex);
        }

        @Override
        public String expected() {
            return "the pattern " + regex;
        }
    }

    /// The value has so many characters.
    record LengthEqual(String column, int length) implements RowExpectation {
        @Override
        public Sql broken(TableFacts table) {
            return Sql.of("length(" + table.text(column) + ") <> ?", length);
        }

        @Override
        public String expected() {
            return length + " characters";
        }
    }

    /// The value is the product of others, to within a share of it: prices are rounded.
    record ProductEquals(String column, List<String> factors, BigDecimal tolerance)
            implements RowExpectation {
        @Override
        public List<String> columns() {
            return Stream.concat(Stream.of(column), factors.stream()).toList();
        }

        @Override
        public Sql looksAt() {
            return Sql.of(
                    columns().stream()
                            .map(name -> Identifier.quoted(name) + " IS NOT NULL")
                            .collect(Collectors.joining(" AND ")));
        }

        @Override
        public Sql broken(TableFacts table) {
            String product =
                    factors.stream()
                            .map(name -> FloatingPoint.of(table.number(name)))
                            .collect(Collectors.joining(" * "));
            String value = FloatingPoint.of(table.number(column));
            return Sql.of(
                    "abs(%1$s - %2$s) > ? * greatest(1, abs(%2$s))".formatted(product, value),
                    tolerance);
        }

        @Override
        public String expected() {
            return String.join(" times ", factors);
        }
    }

    /// The value is not below that of another column; strictly above it where asked.
    record PairGreaterEqual(String column, String other, boolean strict) implements RowExpectation {
        @Override
        public List<String> columns() {
            return List.of(column, other);
        }

        @Override
        public Sql looksAt() {
            return Sql.of(
                    Identifier.quoted(column)
                            + " IS NOT NULL AND "
                            + Identifier.quoted(other)
                            + " IS NOT NULL");
        }

        @Override
        public Sql broken(TableFacts table) {
            return Sql.of(
                    Identifier.quoted(column)
                            + (strict ? " <= " : " < ")
                            + Identifier.quoted(other));
        }

        @Override
        public String expected() {
            return (strict ? "above " : "at least ") + other;
        }
    }
}
