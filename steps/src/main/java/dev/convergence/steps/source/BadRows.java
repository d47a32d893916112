package dev.convergence.steps.source;

import java.util.ArrayList;
import java.util.List;

/// The lines of a load that cannot be loaded: all are counted, the first ones kept.
final class BadRows {

    static final int KEPT_MAX = 10_000;

    private final List<BadRow> kept = new ArrayList<>();
    private long count;

    void add(BadRow row) {
        count++;
        if (kept.size() < KEPT_MAX) {
            kept.add(row);
        }
    }

    long count() {
        return count;
    }

    List<BadRow> kept() {
        return List.copyOf(kept);
    }

    /// What is wrong, with the first bad line named.
    String sentence(long goodRows) {
        return "%d of %d lines cannot be read; the first is %s."
                .formatted(count, goodRows + count, kept.getFirst().sentence());
    }
}
