package dev.convergence.steps.quality;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/// A piece of SQL with the values that belong to its question marks, in order.
record Sql(String text, List<Object> values) {

    Sql {
        values = List.copyOf(values);
    }

    static Sql of(String text, Object... values) {
        return new Sql(text, List.of(values));
    }

    /// A text that holds one `%s` for each part.
    static Sql format(String text, Sql... parts) {
        Object[] texts = List.of(parts).stream().map(Sql::text).toArray();
        return new Sql(text.formatted(texts), valuesOf(List.of(parts)));
    }

    static Sql join(String separator, List<Sql> parts) {
        String text = parts.stream().map(Sql::text).collect(Collectors.joining(separator));
        return new Sql(text, valuesOf(parts));
    }

    /// How many rows a condition holds for, among other aggregates. Not a FILTER: for each of those
    /// DuckDB cuts the columns of all of them to the rows that it lets through, so that a hundred
    /// cost as much as ten thousand.
    static Sql countOf(Sql condition) {
        return format("count(CASE WHEN %s THEN 1 END)", condition);
    }

    /// So many question marks as there are values, in parentheses.
    static Sql list(Collection<String> values) {
        String marks = String.join(", ", Collections.nCopies(values.size(), "?"));
        return new Sql("(" + marks + ")", new ArrayList<>(values));
    }

    /// The text with its values in it, for a condition that is kept and asked later.
    String inlined() {
        StringBuilder whole = new StringBuilder();
        int next = 0;
        for (char sign : text.toCharArray()) {
            whole.append(sign == '?' ? literal(values.get(next++)) : String.valueOf(sign));
        }
        return whole.toString();
    }

    private static String literal(Object value) {
        return switch (value) {
            case BigDecimal number -> number.toPlainString();
            case Number number -> number.toString();
            default -> "'" + value.toString().replace("'", "''") + "'";
        };
    }

    void bind(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) instanceof BigDecimal decimal) {
                statement.setBigDecimal(i + 1, decimal);
            } else {
                statement.setObject(i + 1, values.get(i));
            }
        }
    }

    private static List<Object> valuesOf(List<Sql> parts) {
        return parts.stream().flatMap(part -> part.values.stream()).toList();
    }
}
