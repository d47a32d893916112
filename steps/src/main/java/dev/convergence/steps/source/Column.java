package dev.convergence.steps.source;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A column of a raw table and where its value comes from.
///
/// @param required a line without a value is a bad one, and a file without any of `sources` is none
///   of this format
/// @param detail only the FOCUS conversion of the same run sees it; it is not published
/// @param sources the names in a file under which its value may stand; empty when it is worked out
public record Column(
        String name,
        ColumnType type,
        boolean required,
        boolean detail,
        List<String> sources,
        Function<SourceRow, @Nullable String> reading) {

    public Column {
        sources = List.copyOf(sources);
    }

    /// A column that takes the first value found under one of several names, else under its own.
    public static Column of(String name, ColumnType type, String... sourceNames) {
        List<String> sources = sourceNames.length == 0 ? List.of(name) : List.of(sourceNames);
        List<String> plain = sources.stream().map(SourceRow::plain).toList();
        return new Column(name, type, false, false, sources, row -> row.first(plain));
    }

    public static Column text(String name, String... sourceNames) {
        return of(name, ColumnType.TEXT, sourceNames);
    }

    public static Column money(String name, String... sourceNames) {
        return of(name, ColumnType.MONEY, sourceNames);
    }

    public static Column whole(String name, String... sourceNames) {
        return of(name, ColumnType.WHOLE, sourceNames);
    }

    public static Column time(String name, String... sourceNames) {
        return of(name, ColumnType.TIME, sourceNames);
    }

    public static Column computed(
            String name, ColumnType type, Function<SourceRow, @Nullable String> reading) {
        return new Column(name, type, false, false, List.of(), reading);
    }

    /// The names that a computed column reads.
    public Column from(String... sourceNames) {
        return new Column(name, type, required, detail, List.of(sourceNames), reading);
    }

    public Column needed() {
        return new Column(name, type, true, detail, sources, reading);
    }

    public Column unpublished() {
        return new Column(name, type, required, true, sources, reading);
    }

    /// Whether a file with this header can have values for the column.
    boolean isIn(Header header) {
        return sources.isEmpty() || header.hasAny(sources);
    }
}
