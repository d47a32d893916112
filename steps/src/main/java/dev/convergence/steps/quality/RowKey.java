package dev.convergence.steps.quality;

import java.util.List;
import java.util.stream.Collectors;

/// How rows are told apart, for counting and for people.
final class RowKey {

    private static final int CHARACTERS_MAX = 200;

    private RowKey() {}

    /// Values side by side; two nulls are equal in it.
    static String struct(List<String> columns) {
        return "row(" + list(columns) + ")";
    }

    static String list(List<String> columns) {
        return columns.stream().map(Identifier::quoted).collect(Collectors.joining(", "));
    }

    /// `column=value, column=value`, shortened.
    static String words(List<String> columns) {
        return columns.stream()
                .map(column ->
                        "'"
                                + column
                                + "=' || coalesce(CAST("
                                + Identifier.quoted(column)
                                + " AS VARCHAR), 'null')")
                .collect(Collectors.joining(" || ', ' || ", "left(", ", " + CHARACTERS_MAX + ")"));
    }
}
