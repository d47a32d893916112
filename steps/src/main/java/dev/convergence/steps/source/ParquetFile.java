package dev.convergence.steps.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;

/// A Parquet file as DuckDB reads it: each value as text, so that decimals keep their digits; maps
/// and lists as JSON, of a struct each field as well.
///
/// @param texts each value as text, in SQL, by its name
record ParquetFile(Path file, Map<String, String> texts) implements WholeFile {

    @Override
    public Header header() {
        return Header.of(List.copyOf(texts.keySet()));
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
        return texts.entrySet().stream()
                .filter(one -> Header.compared(one.getKey()).equals(plainName))
                .map(one -> Typing.cleaned(one.getValue()))
                .collect(Collectors.joining(", ", "coalesce(", ")"));
    }

    @Override
    public String emptyWord() {
        return texts.values().stream().map(Typing::emptyWord).collect(Collectors.joining(" OR "));
    }

    @Override
    public Map<Long, Long> lines(SortedSet<Long> places) {
        return places.stream().collect(Collectors.toMap(place -> place, place -> place + 1));
    }
}
