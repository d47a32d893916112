package dev.convergence.benchmark.engine.line;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// What can be measured, by the word that `--only` knows it by.
public enum Line {
    ENQUEUE,
    DRAIN,
    SINGLY,
    PICKUP,
    SCHEDULES,
    TENANTS,
    LOG,
    BACKLOG,
    FULL_TABLES,
    SNAPSHOT,
    IDLE;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Whether the peers have nothing to compare with it.
    boolean isOurs() {
        return compareTo(TENANTS) >= 0;
    }

    public static Set<Line> all() {
        return EnumSet.allOf(Line.class);
    }

    public static Line of(String word) {
        return Arrays.stream(values())
                .filter(line -> line.word().equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "There is no line '"
                                        + word
                                        + "'; there are "
                                        + Arrays.stream(values()).map(Line::word).toList()
                                        + "."));
    }
}
