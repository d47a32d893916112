package dev.convergence.steps.source;

import java.util.Set;
import java.util.stream.Collectors;

/// What a value may have that it is cleaned of, besides blanks before it. Asked of every value of
/// every line, so it is worth ruling out for a file as a whole: see [Traces].
enum Trace {
    SPACE_BEHIND("NOT suffix(%1$s, ' ')"),
    LINE_END_BEHIND("NOT suffix(%1$s, E'\\n')"),
    RETURN_BEHIND("NOT suffix(%1$s, E'\\r')"),
    TAB_BEHIND("NOT suffix(%1$s, E'\\t')"),
    /// The word is the whole value.
    NULL_WORD("%1$s <> 'NULL'"),
    /// The year one stands for no date at all.
    NO_DATE("NOT starts_with(%1$s, '0001-01-01')");

    private final String absent;

    Trace(String absent) {
        this.absent = absent;
    }

    /// True, in SQL, for a value without any of these.
    static String none(Set<Trace> traces, String column) {
        return traces.stream()
                .sorted()
                .map(trace -> " AND " + trace.absent.formatted(column))
                .collect(Collectors.joining());
    }
}
