package dev.convergence.steps.source;

import dev.convergence.steps.duckdb.Session;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;

/// The lines of a file that Java has to take apart, as texts: of JSON, and of a CSV file with lines
/// that do not fit its header.
final class TextTable implements WholeFile, AutoCloseable {

    private static final String NAME = "load_texts";

    private final Session staging;
    private final Header header;
    private final List<String> names;
    private final DuckDBAppender appender;

    private TextTable(Session staging, Header header, Set<String> names) throws SQLException {
        this.staging = staging;
        this.header = header;
        this.names = List.copyOf(names);
        String columns =
                this.names.stream()
                        .map(name -> ", " + Cells.cell(name) + " VARCHAR")
                        .collect(Collectors.joining());
        staging.execute(
                "CREATE OR REPLACE TABLE %s (line BIGINT, empty_word BOOLEAN%s)"
                        .formatted(NAME, columns));
        this.appender = staging.connection().createAppender(NAME);
    }

    /// @param names plain ones, of the values that are kept
    static TextTable create(Session staging, Header header, Set<String> names) throws SQLException {
        return new TextTable(staging, header, names);
    }

    void add(SourceRow row) {
        try {
            appender.beginRow();
            appender.append(row.line());
            appender.append(row.hasEmptyWords());
            for (String name : names) {
                ColumnType.append(appender, row.first(List.of(name)));
            }
            appender.endRow();
        } catch (SQLException impossible) {
            throw new IllegalStateException("a line of texts could not be staged", impossible);
        }
    }

    /// All lines are in.
    @Override
    public void close() throws SQLException {
        appender.close();
    }

    void drop() throws SQLException {
        staging.execute("DROP TABLE " + NAME);
    }

    @Override
    public Header header() {
        return header;
    }

    @Override
    public boolean isComplete() {
        return false;
    }

    @Override
    public String relation(Set<String> wanted) {
        return NAME;
    }

    @Override
    public String value(String plainName) {
        return Cells.cell(plainName);
    }

    @Override
    public String emptyWord() {
        return "empty_word";
    }

    @Override
    public Map<Long, Long> lines(SortedSet<Long> places) {
        Map<Long, Long> lines = new HashMap<>();
        try {
            staging.each(
                    "SELECT rowid, line FROM %s WHERE rowid BETWEEN ? AND ?".formatted(NAME),
                    row -> {
                        if (places.contains(row.getLong(1))) {
                            lines.put(row.getLong(1), row.getLong(2));
                        }
                    },
                    places.first(),
                    places.last());
        } catch (SQLException impossible) {
            throw new IllegalStateException("the lines could not be found", impossible);
        }
        return lines;
    }
}
