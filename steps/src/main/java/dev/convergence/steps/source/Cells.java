package dev.convergence.steps.source;

import dev.convergence.steps.duckdb.Identifier;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The values of a line as SQL expressions, by the names of a file's columns: what [SourceRow] is
/// for a line that Java reads. No name and no value of a file becomes part of a statement but
/// quoted.
public final class Cells {

    /// What a file has no column for.
    public static final String NOTHING = "NULL::VARCHAR";

    private final Header header;
    private final boolean complete;
    private final LocalDate loadedOn;
    private final Set<String> used = new TreeSet<>();
    private final Map<String, String> worked = new LinkedHashMap<>();

    /// @param complete whether no line has a name that the header does not; of JSON nobody knows
    Cells(Header header, boolean complete, LocalDate loadedOn) {
        this.header = header;
        this.complete = complete;
        this.loadedOn = loadedOn;
    }

    /// The day of the load.
    public String loadedOn() {
        return literal(loadedOn.toString());
    }

    /// Whether a line held the word `NULL`, or a date that is none.
    public String emptyWord() {
        return "x_empty_word";
    }

    public Header header() {
        return header;
    }

    /// The first value that is there under one of several names.
    public String text(String... names) {
        List<String> plain =
                Stream.of(names)
                        .map(SourceRow::plain)
                        .filter(name -> !complete || header.plainNames().contains(name))
                        .distinct()
                        .toList();
        used.addAll(plain);
        return switch (plain.size()) {
            case 0 -> NOTHING;
            case 1 -> cell(plain.getFirst());
            default ->
                    plain.stream()
                            .map(Cells::cell)
                            .collect(Collectors.joining(", ", "coalesce(", ")"));
        };
    }

    /// An expression that several columns read, worked out once for each line.
    public String once(String name, String expression) {
        worked.put(name, expression);
        return name;
    }

    /// A JSON object of the columns whose names begin like this, one pair for each value that is
    /// there; nothing where none is.
    public String objectOf(String prefix) {
        Map<String, String> columns = header.under(prefix);
        used.addAll(columns.values());
        return columns.isEmpty()
                ? NOTHING
                : columns.entrySet().stream()
                        .map(column -> pair(column.getKey(), cell(column.getValue())))
                        .collect(
                                Collectors.joining(
                                        ", ", "nullif('{' || concat_ws(',', ", ") || '}', '{}')"));
    }

    /// A pair of a JSON object as text; null where there is no value.
    public static String pair(String name, String value) {
        return "%s || to_json(%s)::VARCHAR"
                .formatted(literal(JsonText.MAPPER.writeValueAsString(name) + ":"), value);
    }

    /// Text that means itself, whatever stands in it.
    public static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /// The column of a cleaned value.
    static String cell(String plainName) {
        return Identifier.quoted("t_" + plainName);
    }

    Set<String> used() {
        return used;
    }

    Map<String, String> worked() {
        return worked;
    }
}
