package dev.convergence.steps.source;

import dev.convergence.steps.duckdb.Identifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;

/// A Parquet file as DuckDB reads it: each value as text, so that decimals keep their digits; maps
/// and lists as JSON.
///
/// @param columns whether each holds nested values, by its name
record ParquetFile(Path file, Map<String, Boolean> columns) implements WholeFile {

    @Override
    public Header header() {
        return Header.of(List.copyOf(columns.keySet()));
    }

    @Override
    public boolean isComplete() {
        return true;
    }

    @Override
    public String relation(Set<String> wanted) {
        return "read_parquet('" + file.toString().replace("'", "''") + "')";
    }

    @Override
    public String value(String plainName) {
        return columns.entrySet().stream()
                .filter(column -> Header.compared(column.getKey()).equals(plainName))
                .map(column -> Typing.cleaned(asText(column.getKey(), column.getValue())))
                .collect(Collectors.joining(", ", "coalesce(", ")"));
    }

    static String asText(String name, boolean nested) {
        String column = Identifier.quoted(name);
        return nested ? "to_json(" + column + ")::VARCHAR" : column + "::VARCHAR";
    }

    @Override
    public String emptyWord() {
        return columns.entrySet().stream()
                .map(column -> Typing.emptyWord(asText(column.getKey(), column.getValue())))
                .collect(Collectors.joining(" OR "));
    }

    @Override
    public Map<Long, Long> lines(SortedSet<Long> places) {
        return places.stream().collect(Collectors.toMap(place -> place, place -> place + 1));
    }
}
