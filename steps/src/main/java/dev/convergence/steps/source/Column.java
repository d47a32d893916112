package dev.convergence.steps.source;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A column of a raw table and where its value comes from.
///
/// @param required a line without a value is a bad one, and a file without any of `sources` is none
///   of this format
/// @param detail only the FOCUS conversion of the same run sees it; it is not published
/// @param typed whether the expression has the column's type already, and never a wrong value
/// @param sources the names in a file under which its value may stand; empty when it is worked out
/// @param reading its text in a line that Java reads; null in a format that DuckDB reads
/// @param sql its text as an expression; null in a format that only Java reads
public record Column(
        String name,
        ColumnType type,
        boolean required,
        boolean detail,
        boolean typed,
        List<String> sources,
        @Nullable Function<SourceRow, @Nullable String> reading,
        @Nullable Function<Cells, String> sql) {

    public Column {
        sources = List.copyOf(sources);
    }

    /// A column that takes the first value found under one of several names, else under its own.
    public static Column of(String name, ColumnType type, String... sourceNames) {
        List<String> sources = sourceNames.length == 0 ? List.of(name) : List.of(sourceNames);
        List<String> plain = sources.stream().map(SourceRow::plain).toList();
        return new Column(
                name,
                type,
                false,
                false,
                false,
                sources,
                row -> row.first(plain),
                cells -> cells.text(sources.toArray(String[]::new)));
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
        return new Column(name, type, false, false, false, List.of(), reading, null);
    }

    /// A column of a format that DuckDB reads, worked out from others.
    public static Column derived(String name, ColumnType type, Function<Cells, String> sql) {
        return new Column(name, type, false, false, false, List.of(), null, sql);
    }

    /// One whose expression is no text but a value already.
    static Column worked(String name, ColumnType type, Function<Cells, String> sql) {
        return new Column(name, type, false, false, true, List.of(), null, sql);
    }

    /// The names that a computed column reads.
    public Column from(String... sourceNames) {
        return new Column(name, type, required, detail, typed, List.of(sourceNames), reading, sql);
    }

    public Column needed() {
        return new Column(name, type, true, detail, typed, sources, reading, sql);
    }

    public Column unpublished() {
        return new Column(name, type, required, true, typed, sources, reading, sql);
    }

    /// Its text as an expression, in a format that DuckDB reads.
    String inSql(Cells cells) {
        return Objects.requireNonNull(sql, name).apply(cells);
    }

    /// Whether a text may turn out to be none of its type.
    boolean isParsed() {
        return type != ColumnType.TEXT && !typed;
    }

    /// Whether a file with this header can have values for the column.
    boolean isIn(Header header) {
        return sources.isEmpty() || header.hasAny(sources);
    }
}
