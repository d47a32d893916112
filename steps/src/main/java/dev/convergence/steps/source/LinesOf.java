package dev.convergence.steps.source;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;

/// Finds the lines of rows by their places, and stops at the last one.
final class LinesOf implements RowSink {

    private final SortedSet<Long> places;
    private final Map<Long, Long> found = new HashMap<>();
    private long place;

    LinesOf(SortedSet<Long> places) {
        this.places = places;
    }

    Map<Long, Long> found() {
        return found;
    }

    @Override
    public void header(Header header) {}

    @Override
    public void row(SourceRow row) {
        if (places.contains(place)) {
            found.put(place, row.line());
        }
        if (place++ == places.last()) {
            throw new AllFound();
        }
    }

    @Override
    public void bad(long line, String why) {}

    /// Nobody needs to read on.
    static final class AllFound extends RuntimeException {
        private static final long serialVersionUID = 1L;

        AllFound() {
            super(null, null, false, false);
        }
    }
}
