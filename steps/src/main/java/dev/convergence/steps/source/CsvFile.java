package dev.convergence.steps.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A CSV file as DuckDB reads it: each value as text, by its place in the line. A line that has
/// more or fewer values than the first stops the statement.
final class CsvFile implements WholeFile {

    private static final String READ =
            """
            read_csv('%s', auto_detect = false, header = true, columns = {%s}, delim = '%s',
              quote = '"', escape = '"', nullstr = '', strict_mode = true, null_padding = false,
              ignore_errors = false, max_line_size = %d)\
            """;

    private final Path file;
    private final List<String> written;
    private final List<String> names;
    private final char separator;
    private @Nullable Set<Trace> possible;

    private CsvFile(Path file, List<String> written, char separator) {
        this.file = file;
        this.separator = separator;
        this.written = written;
        this.names = written.stream().map(Header::compared).toList();
    }

    /// @param written the names of its columns
    static CsvFile of(Path file, List<String> written, char separator) {
        return new CsvFile(file, written, separator);
    }

    @Override
    public Header header() {
        return Header.of(written);
    }

    @Override
    public boolean isComplete() {
        return true;
    }

    @Override
    public String relation(Set<String> wanted) {
        String columns =
                IntStream.range(0, names.size())
                        .mapToObj(i -> "c" + i + ": 'VARCHAR'")
                        .collect(Collectors.joining(", "));
        return READ.formatted(
                file.toString().replace("'", "''"), columns, separator, RecordLimit.CHARACTERS_MAX);
    }

    @Override
    public String value(String plainName) {
        return IntStream.range(0, names.size())
                .filter(i -> names.get(i).equals(plainName))
                .mapToObj(i -> Typing.cleaned("c" + i, possible()))
                .collect(Collectors.joining(", ", "coalesce(", ")"));
    }

    /// Looked for once, when the first value is asked for.
    private Set<Trace> possible() {
        if (possible == null) {
            try {
                possible = Traces.in(file, separator);
            } catch (IOException unreadable) {
                possible = EnumSet.allOf(Trace.class); // DuckDB will say what is wrong
            }
        }
        return possible;
    }

    @Override
    public String emptyWord() {
        return IntStream.range(0, names.size())
                .mapToObj(i -> Typing.emptyWord("c" + i))
                .collect(Collectors.joining(" OR "));
    }

    /// Read once more, for the few lines that somebody has to look at.
    @Override
    public Map<Long, Long> lines(SortedSet<Long> places) throws IOException {
        LinesOf wanted = new LinesOf(places);
        try (BufferedReader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            FileReader.firstLetter(text);
            new CsvRows(separator).read(file, text, wanted);
        } catch (LinesOf.AllFound enough) {
            // The rest of the file holds none of them.
        }
        return wanted.found();
    }
}
