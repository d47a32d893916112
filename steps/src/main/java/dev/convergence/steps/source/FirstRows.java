package dev.convergence.steps.source;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Holds the first rows of a JSON file back until they show its header: there each row names only
/// what it has.
final class FirstRows {

    private static final int ROWS_MAX = 20;
    private static final long CHARACTERS_MAX = 1 << 20;

    private final RowSink sink;
    private final List<SourceRow> held = new ArrayList<>();
    private long characters;
    private @Nullable Header header;

    FirstRows(RowSink sink) {
        this.sink = sink;
    }

    void row(SourceRow row) {
        if (header != null) {
            sink.row(row.under(header));
            return;
        }
        held.add(row);
        characters += row.length();
        if (held.size() == ROWS_MAX || characters > CHARACTERS_MAX) {
            release();
        }
    }

    void bad(long line, String why) {
        sink.bad(line, why);
    }

    void page(boolean more) {
        sink.page(more);
    }

    /// No more rows come.
    void end() {
        if (!held.isEmpty()) {
            release();
        }
    }

    private void release() {
        Set<String> names = new LinkedHashSet<>();
        held.forEach(row -> names.addAll(row.names()));
        Header found = Header.of(List.copyOf(names));
        header = found;
        sink.header(found);
        sink.columns(SourceColumns.untyped(names, SourceColumns.JSON));
        held.forEach(row -> sink.row(row.under(found)));
        held.clear();
    }
}
