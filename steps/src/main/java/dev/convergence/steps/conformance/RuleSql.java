package dev.convergence.steps.conformance;

import dev.convergence.steps.duckdb.FloatingPoint;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// Turns the check functions of the model into SQL that is true for a row that passes.
///
/// @param table where the rows are
/// @param columns its columns with their types
record RuleSql(String table, Map<String, String> columns) {

    static final String FUNCTION = "CheckFunction";

    private static final String MISNAMED = "CheckCondition";

    private static final String UNIT =
            "'([0-9]+ )?[A-Za-z][A-Za-z0-9]*( [A-Za-z0-9]+)*([-/]([0-9]+ )?[A-Za-z]+)?'";
    private static final String CURRENCIES =
            Currency.getAvailableCurrencies().stream()
                    .map(currency -> "'" + currency.getCurrencyCode() + "'")
                    .sorted()
                    .collect(Collectors.joining(", "));

    /// Thrown for a function that this program does not know, so that its rules can be told.
    static final class Unknown extends RuntimeException {

        Unknown(String function) {
            super(function);
        }
    }

    /// The columns that a check names and the table lacks.
    List<String> missing(JsonNode check) {
        List<String> own =
                List.of("ColumnName", MISNAMED, "ColumnAName", "ColumnBName", "ResultColumnName")
                        .stream()
                        .filter(check::has)
                        .map(name -> check.path(name).asString(""))
                        .filter(column -> !columns.containsKey(column))
                        .toList();
        List<String> inner = items(check).flatMap(item -> missing(item).stream()).toList();
        return own.isEmpty() ? inner : own;
    }

    String of(JsonNode check) {
        String function = check.path(FUNCTION).asString("");
        return switch (function) {
            case "AND" -> items(check).map(this::of).collect(Collectors.joining(" AND ", "(", ")"));
            case "OR" -> items(check).map(this::of).collect(Collectors.joining(" OR ", "(", ")"));
            case "ColumnPresent" -> "true";
            case "TypeString" -> is(check, "VARCHAR", "JSON");
            case "TypeDecimal", "FormatNumeric", "CheckDecimalValue" ->
                    is(check, "DECIMAL", "BIGINT", "INTEGER", "HUGEINT");
            case "TypeDateTime", "FormatDateTime" -> is(check, "TIMESTAMP");
            case "FormatString" -> unlessNull(check, "length(%1$s) > 0 AND trim(%1$s) = %1$s");
            case "FormatUnit" -> unlessNull(check, "regexp_full_match(%s, " + UNIT + ")");
            case "FormatCurrency" -> unlessNull(check, "regexp_full_match(%s, '[A-Z]{3,}')");
            case "CheckNationalCurrency" -> unlessNull(check, "%s IN (" + CURRENCIES + ")");
            case "FormatKeyValue" -> unlessNull(check, "json_type(%s) = 'OBJECT'");
            case "CheckValue" -> value(check, "IS NULL", "= ");
            case "CheckNotValue" -> value(check, "IS NOT NULL", "IS DISTINCT FROM ");
            case "CheckSameValue" ->
                    column(check, "A") + " IS NOT DISTINCT FROM " + column(check, "B");
            case "CheckNotSameValue" ->
                    column(check, "A") + " IS DISTINCT FROM " + column(check, "B");
            case "CheckGreaterOrEqualThanValue" ->
                    unlessNull(
                            check, "%s >= " + check.path("Value").decimalValue().toPlainString());
            case "ColumnByColumnEqualsColumnValue" -> product(check);
            case "CheckDistinctCount" -> distinct(check);
            default -> throw new Unknown(function);
        };
    }

    private static Stream<JsonNode> items(JsonNode check) {
        return StreamSupport.stream(check.path("Items").spliterator(), false);
    }

    private String is(JsonNode check, String... types) {
        String type = String.valueOf(columns.get(column(check)));
        return String.valueOf(List.of(types).stream().anyMatch(type::startsWith));
    }

    private static String unlessNull(JsonNode check, String test) {
        String column = quoted(column(check));
        return "(%s IS NULL OR %s)".formatted(column, test.formatted(column));
    }

    private static String value(JsonNode check, String nothing, String something) {
        String column = quoted(column(check));
        JsonNode value = check.path("Value");
        return value.isNull()
                ? column + " " + nothing
                : "coalesce(%s::VARCHAR %s'%s', false)"
                        .formatted(column, something, value.asString("").replace("'", "''"));
    }

    /// To a millionth, for prices are rounded.
    private String product(JsonNode check) {
        String result = quoted(check.path("ResultColumnName").asString(""));
        return "coalesce(abs(%1$s * %2$s - %3$s) <= 0.000001 * greatest(1, abs(%3$s)), true)"
                .formatted(
                        FloatingPoint.of(column(check, "A")),
                        FloatingPoint.of(column(check, "B")),
                        FloatingPoint.of(result));
    }

    /// Of all rows at once: each value of the one column stands with so many of the other.
    private String distinct(JsonNode check) {
        return ("(SELECT coalesce(bool_and(n = %d), true) FROM (SELECT count(DISTINCT %s) AS n FROM %s"
                        + " WHERE %s IS NOT NULL AND %s IS NOT NULL GROUP BY %s))")
                .formatted(
                        check.path("ExpectedCount").asLong(1),
                        column(check, "B"),
                        quoted(table),
                        column(check, "A"),
                        column(check, "B"),
                        column(check, "A"));
    }

    /// The published model names the column of two checks under a wrong word.
    private static String column(JsonNode check) {
        return check.path(check.has("ColumnName") ? "ColumnName" : MISNAMED).asString("");
    }

    private static String column(JsonNode check, String which) {
        return quoted(check.path("Column" + which + "Name").asString(""));
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
