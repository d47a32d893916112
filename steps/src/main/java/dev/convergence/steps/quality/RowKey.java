package dev.convergence.steps.quality;

import java.util.List;
import java.util.stream.Collectors;

/// How rows are told apart, for counting and for people.
final class RowKey {

    private static final int CHARACTERS_MAX = 120;

    private RowKey() {}

    /// Values side by side; two nulls are equal in it.
    static String struct(List<String> columns) {
        return "row(" + list(columns) + ")";
    }

    static String list(List<String> columns) {
        return columns.stream().map(Identifier::quoted).collect(Collectors.joining(", "));
    }

    /// `column=value, column=value`, each value shortened.
    static String words(List<String> columns) {
        return columns.stream().map(RowKey::word).collect(Collectors.joining(" || ', ' || "));
    }

    private static String word(String column) {
        return "'%s=' || left(coalesce(CAST(%s AS VARCHAR), 'null'), %d)"
                .formatted(column, Identifier.quoted(column), CHARACTERS_MAX);
    }
}
