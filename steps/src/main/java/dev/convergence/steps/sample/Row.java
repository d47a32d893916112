package dev.convergence.steps.sample;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Names and values in the order in which they are written; null is an empty cell or a JSON null.
final class Row {

    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    /// An object inside a row: names and values by turns.
    static Map<String, @Nullable Object> facts(@Nullable Object... pairs) {
        Row row = new Row();
        for (int i = 0; i < pairs.length; i += 2) {
            row.with(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return row.values();
    }

    Row with(String name, @Nullable Object value) {
        values.put(name, value);
        return this;
    }

    Map<String, @Nullable Object> values() {
        return Collections.unmodifiableMap(values);
    }

    Set<String> names() {
        return values.keySet();
    }

    /// The cell of a CSV file; quoted where it has to be.
    String cell(String name) {
        String text = text(values.get(name));
        return text.matches("[^\",\r\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case BigDecimal decimal -> decimal.toPlainString();
            default -> value.toString();
        };
    }
}
