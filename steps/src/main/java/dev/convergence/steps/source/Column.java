package dev.convergence.steps.source;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A column of a raw table and where its value comes from.
///
/// @param required a line without a value is a bad one
/// @param detail only the FOCUS conversion of the same run sees it; it is not published
public record Column(
        String name,
        ColumnType type,
        boolean required,
        boolean detail,
        Function<SourceRow, @Nullable String> reading) {

    /// A column that takes the first value found under one of several names, else under its own.
    public static Column of(String name, ColumnType type, String... sourceNames) {
        List<String> plain =
                Arrays.stream(sourceNames.length == 0 ? new String[] {name} : sourceNames)
                        .map(SourceRow::plain)
                        .toList();
        return new Column(name, type, false, false, row -> row.first(plain));
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
        return new Column(name, type, false, false, reading);
    }

    public Column needed() {
        return new Column(name, type, true, detail, reading);
    }

    public Column unpublished() {
        return new Column(name, type, required, true, reading);
    }
}
