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
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A file of JSON lines as DuckDB reads it: each line as one text, from which the values are taken
/// at the paths where the file's first lines and samples of the others have them.
///
/// Two things stop the statement, for DuckDB would pass over them in silence: a name that no sample
/// has, and a number with more digits than a binary one keeps.
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
            (SELECT object, why, %s
              FROM (SELECT object, why, json_extract_string(object, [%s]) AS v
                FROM (SELECT object, CASE WHEN object IS NULL THEN CASE WHEN keys IS NULL
                      THEN 'it is not JSON' ELSE 'it is not a JSON object' END END AS why
                  FROM (SELECT keys, CASE WHEN keys IS NULL THEN NULL
                        WHEN NOT starts_with(line, '{') AND json_type(line) <> 'OBJECT' THEN NULL
                        WHEN %s THEN error(left(line, 0) || 'it has a number of many digits')
                        WHEN %s THEN error(left(line, 0) || 'it has a name that no sample has')
                        ELSE line END AS object
                    FROM (SELECT line,
                        TRY(json_keys(line, [%s])) AS keys
                      FROM read_csv('%s', auto_detect = false, header = false,
                        columns = {line: 'VARCHAR'}, delim = '', quote = '', escape = '',
                        strict_mode = true, null_padding = false, max_line_size = %d)
                      WHERE line >= '!' OR trim(line, E' \\t\\r\\f') <> '')))))\
            """;

    @Override
    public String relation(Set<String> wanted) {
        Map<String, Set<String>> objects = paths.objectsAbove(wanted);
        List<String> places =
                wanted.stream().flatMap(name -> paths.of(name).stream()).distinct().toList();
        String values =
                IntStream.range(0, places.size())
                        .mapToObj(i -> "v[%d] AS %s".formatted(i + 1, column(places.get(i))))
                        .collect(Collectors.joining(", "));
        return RELATION.formatted(
                values.isEmpty() ? "1 AS nothing" : values,
                list(places.stream()),
                LOSES_DIGITS,
                unknown(objects),
                list(objects.keySet().stream()),
                file.toString().replace("'", "''"),
                RecordLimit.CHARACTERS_MAX);
    }

    /// A line that DuckDB would write again as it is has lost nothing. Of others, few have so many
    /// digits in a row behind a colon, a comma or a bracket; in those each number is held against
    /// what is left of it as a binary one. Each question is asked of fewer lines than the one
    /// before.
    private static final String LOSES_DIGITS =
            """
            CASE WHEN json(line)::VARCHAR = line THEN false
              WHEN NOT regexp_matches(line, '[:,\\[]\\s*-?[0-9.]{17}') THEN false
              ELSE coalesce(list_bool_or(list_transform(
                regexp_extract_all(line,
                  '[:,\\[]\\s*(-?[0-9]+(?:\\.[0-9]+(?:[eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+))', 1),
                lambda n: coalesce(TRY_CAST(n AS DECIMAL(38,24))
                  <> TRY_CAST(TRY_CAST(n AS DOUBLE)::VARCHAR AS DECIMAL(38,24)), true))), false) END\
            """;

    /// Whether an object in which a wanted value may stand has a name that no sample has there. A
    /// line of the shape of a sample has none, and nearly every line is one.
    private String unknown(Map<String, Set<String>> objects) {
        List<Set<String>> known = List.copyOf(objects.values());
        return IntStream.range(0, known.size())
                .mapToObj(i ->
                        "NOT coalesce(list_has_all([%s]::VARCHAR[], keys[%d]), true)"
                                .formatted(list(known.get(i).stream()), i + 1))
                .collect(
                        Collectors.joining(
                                " OR ",
                                "CASE WHEN keys::VARCHAR IN (%s) THEN false ELSE "
                                        .formatted(list(paths.shapesOf(objects.keySet()).stream())),
                                " END"));
    }

    private static String list(Stream<String> texts) {
        return texts.map(Cells::literal).collect(Collectors.joining(", "));
    }

    private static String column(String path) {
        return Identifier.quoted("at " + path);
    }

    @Override
    public String value(String plainName) {
        return paths.of(plainName).stream()
                .map(path -> Typing.cleaned(column(path)))
                .collect(Collectors.joining(", ", "coalesce(", ")"));
    }

    /// Asked of all values, wanted or not; most lines have none of the words anywhere.
    @Override
    public String emptyWord() {
        String words =
                paths.all().stream()
                        .map(path ->
                                Typing.emptyWord(
                                        "json_extract_string(object, " + Cells.literal(path) + ")"))
                        .collect(Collectors.joining(" OR "));
        return "CASE WHEN contains(object, 'NULL') OR contains(object, '0001-01-01') THEN %s ELSE false END"
                .formatted(words);
    }

    @Override
    public String unreadable() {
        return "why";
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
