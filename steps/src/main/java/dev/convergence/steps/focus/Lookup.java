package dev.convergence.steps.focus;

import dev.convergence.steps.duckdb.Identifier;
import dev.convergence.steps.duckdb.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/// Details of lines that Java works out, once for each value that a bill has: it has few sets of
/// tags and many lines.
///
/// @param keys expressions over the raw table, the texts that are read
/// @param values the columns that come of them, JSON or text
/// @param where which lines have something to read
record Lookup(
        String name,
        List<String> keys,
        List<String> values,
        String where,
        Function<List<@Nullable String>, List<@Nullable String>> reading) {

    private static final int AT_ONCE = 50_000;

    private static final String KEYS =
            """
            CREATE OR REPLACE TABLE %1$s_keys AS
            SELECT DISTINCT %2$s FROM %3$s_source WHERE %4$s
            """;

    private static final String PART = "SELECT * FROM %s_keys WHERE rowid >= ? AND rowid < ?";

    /// Fills the table of this name, part by part: the heap never holds all values.
    void fill(Session staging, String from) throws SQLException {
        staging.execute(KEYS.formatted(name, numbered("%2$s::VARCHAR AS k%1$d"), from, where));
        staging.execute(
                "CREATE OR REPLACE TABLE %s (%s, %s)"
                        .formatted(
                                name,
                                numbered("k%1$d VARCHAR"),
                                values.stream()
                                        .map(value -> Identifier.quoted(value) + " VARCHAR")
                                        .collect(Collectors.joining(", "))));
        long count = staging.one("SELECT count(*) FROM " + name + "_keys", row -> row.getLong(1));
        try (DuckDBAppender appender = staging.connection().createAppender(name)) {
            for (long first = 0; first < count; first += AT_ONCE) {
                for (List<@Nullable String> key : part(staging, first)) {
                    append(appender, key);
                }
            }
        }
        staging.execute("DROP TABLE " + name + "_keys");
    }

    private List<List<@Nullable String>> part(Session staging, long first) throws SQLException {
        return staging.list(
                PART.formatted(name),
                row -> {
                    List<@Nullable String> key = new ArrayList<>();
                    for (int i = 1; i <= keys.size(); i++) {
                        key.add(row.getString(i));
                    }
                    return key;
                },
                first,
                first + AT_ONCE);
    }

    private void append(DuckDBAppender appender, List<@Nullable String> key) throws SQLException {
        appender.beginRow();
        for (String text : key) {
            put(appender, text);
        }
        for (String text : reading.apply(key)) {
            put(appender, text);
        }
        appender.endRow();
    }

    private static void put(DuckDBAppender appender, @Nullable String text) throws SQLException {
        if (text == null) {
            appender.appendNull();
        } else {
            appender.append(text);
        }
    }

    /// What a line `s` of the raw table gets of it.
    String join() {
        return " LEFT JOIN %1$s ON %2$s"
                .formatted(
                        name,
                        IntStream.range(0, keys.size())
                                .mapToObj(i ->
                                        "%s.k%d IS NOT DISTINCT FROM s.%s::VARCHAR"
                                                .formatted(name, i, keys.get(i)))
                                .collect(Collectors.joining(" AND ")));
    }

    String columns() {
        return values.stream()
                .map(value -> ", " + name + "." + Identifier.quoted(value))
                .collect(Collectors.joining());
    }

    private String numbered(String pattern) {
        return IntStream.range(0, keys.size())
                .mapToObj(i -> pattern.formatted(i, keys.get(i)))
                .collect(Collectors.joining(", "));
    }
}
