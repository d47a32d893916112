package dev.convergence.steps.source;

import java.util.List;
import java.util.function.Predicate;

/// One of the ways in which a provider writes a bill of the same format, and how its header tells.
///
/// @param title what people call it
public record Layout(String title, Predicate<Header> fits) {

    /// A layout that is told by any of these columns.
    public static Layout with(String title, String... columns) {
        List<String> names = List.of(columns);
        return new Layout(title, header -> header.hasAny(names));
    }

    /// What is left when no other layout fits.
    public static Layout otherwise(String title) {
        return new Layout(title, _ -> true);
    }
}
