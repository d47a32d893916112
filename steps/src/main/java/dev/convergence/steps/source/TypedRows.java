package dev.convergence.steps.source;

import dev.convergence.steps.duckdb.Identifier;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The SELECT that turns the lines of a file into rows of a format, and takes what is the same for
/// all of them from the variables `provider`, `run`, `file` and `loaded_at`: values are cleaned,
/// then worked out, then typed; `x_bad` names the first column whose value is missing or none of
/// its type, with that value behind it.
///
/// Each stage is a projection of its own, so that nothing is worked out twice.
final class TypedRows {

    /// Stands between the name of a bad column and its value.
    static final String MARK = "\u001F";

    private final Format format;
    private final WholeFile file;
    private final Cells cells;
    private final List<String> texts;
    private final String provider;

    TypedRows(Format format, WholeFile file, LocalDate loadedOn) {
        this.format = format;
        this.file = file;
        this.cells = new Cells(file.header(), file.isComplete(), loadedOn);
        this.texts =
                format.columns().stream()
                        .map(column -> column.inSql(cells) + " AS " + text(column))
                        .toList();
        this.provider = format.provider().apply(cells);
    }

    /// The names under which the format looks for values.
    static Set<String> namesOf(Format format, Header header) {
        Cells open = new Cells(header, false, LocalDate.EPOCH);
        for (Column column : format.columns()) {
            String _ = column.inSql(open);
        }
        String _ = format.provider().apply(open);
        return open.used();
    }

    private static final String SELECT =
            """
            SELECT %s, coalesce(x_provider, getvariable('provider')) AS x_provider,
              getvariable('run') AS x_run_id, getvariable('file') AS x_source_file,
              getvariable('loaded_at') AS x_loaded_at, CASE %s END AS x_bad
            FROM (SELECT %s, %s, x_provider
              FROM (SELECT %s, %s AS x_provider
                FROM %s))
            """;

    String sql() {
        return SELECT.formatted(
                join(format.columns().stream().map(TypedRows::value)),
                bad(),
                join(format.columns().stream().map(TypedRows::text)),
                join(format.columns().stream().map(TypedRows::typed)),
                String.join(", ", texts),
                provider,
                worked());
    }

    private static final String CLEANED = "(SELECT %s, %s AS x_empty_word FROM %s)";

    /// What is worked out once may read what was worked out before it.
    private String worked() {
        String lines = CLEANED.formatted(cleaned(), file.emptyWord(), file.relation(cells.used()));
        for (Map.Entry<String, String> work : cells.worked().entrySet()) {
            lines = "(SELECT *, %s AS %s FROM %s)".formatted(work.getValue(), work.getKey(), lines);
        }
        return lines;
    }

    private String cleaned() {
        return cells.used().isEmpty()
                ? "1 AS nothing"
                : join(
                        cells.used().stream()
                                .map(name -> file.value(name) + " AS " + Cells.cell(name)));
    }

    private String bad() {
        return format.columns().stream()
                .filter(column -> column.required() || column.isParsed())
                .map(TypedRows::badness)
                .collect(Collectors.joining(" "));
    }

    private static String badness(Column column) {
        String name = Cells.literal(column.name());
        String missing =
                column.required() ? "WHEN %s IS NULL THEN %s ".formatted(text(column), name) : "";
        String wrong =
                column.isParsed()
                        ? "WHEN %1$s IS NOT NULL AND %2$s IS NULL THEN %3$s || chr(31) || %1$s"
                                .formatted(text(column), value(column), name)
                        : "";
        return missing + wrong;
    }

    private static String text(Column column) {
        return Identifier.quoted("text of " + column.name());
    }

    private static String value(Column column) {
        return Identifier.quoted(column.name());
    }

    private static String typed(Column column) {
        String expression =
                column.isParsed() ? Typing.typed(column.type(), text(column)) : text(column);
        return expression + " AS " + value(column);
    }

    private static String join(Stream<String> parts) {
        return parts.collect(Collectors.joining(",\n  "));
    }
}
