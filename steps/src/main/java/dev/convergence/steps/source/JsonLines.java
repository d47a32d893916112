package dev.convergence.steps.source;

import dev.convergence.steps.duckdb.Identifier;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;

/// A file of plain JSON lines as DuckDB's own reader takes it: of each line the values at the paths
/// that are wanted, as text.
///
/// That reader passes over a name that it was not told of, and rounds what has more digits than a
/// binary number keeps; so [JsonPaths] knows all names, and of files with such numbers there is
/// none of these.
final class JsonLines implements WholeFile {

    private final Path file;
    private final JsonPaths paths;

    JsonLines(Path file, JsonPaths paths) {
        this.file = file;
        this.paths = paths;
    }

    @Override
    public Header header() {
        return paths.header();
    }

    @Override
    public boolean isComplete() {
        return true;
    }

    private static final String RELATION =
            """
            (SELECT %s FROM read_json('%s', format = 'newline_delimited', compression = 'none',
              columns = {%s}, maximum_object_size = %d))\
            """;

    @Override
    public String relation(Set<String> wanted) {
        JsonColumns columns = new JsonColumns();
        List<String> places =
                wanted.stream().flatMap(name -> paths.of(name).stream()).distinct().toList();
        places.forEach(columns::add);
        String values =
                places.stream()
                        .map(path -> columns.value(path) + " AS " + column(path))
                        .collect(Collectors.joining(", "));
        return RELATION.formatted(
                values.isEmpty() ? "1 AS nothing" : values,
                file.toString().replace("'", "''"),
                values.isEmpty() ? "nothing: 'VARCHAR'" : columns.types(),
                RecordLimit.CHARACTERS_MAX);
    }

    private static String column(String path) {
        return Identifier.quoted("at " + path);
    }

    @Override
    public String value(String plainName) {
        return paths.of(plainName).stream()
                .map(path -> Typing.cleaned(column(path), paths.traces()))
                .collect(Collectors.joining(", ", "coalesce(", ")"));
    }

    /// A file with such a word is not plain.
    @Override
    public String emptyWord() {
        return "false";
    }

    /// Read once more, for the few lines that somebody has to look at.
    @Override
    public Map<Long, Long> lines(SortedSet<Long> places) throws IOException {
        Map<Long, Long> found = new HashMap<>();
        try (BufferedReader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            FileReader.firstLetter(text);
            Lines lines = new Lines(text);
            long place = 0;
            for (long line = 1; place <= places.last() && lines.next(); line++) {
                if (!lines.text().isBlank()) {
                    if (places.contains(place)) {
                        found.put(place, line);
                    }
                    place++;
                }
            }
        }
        return found;
    }
}
