package dev.convergence.steps.source;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The shape of a provider's bill: its columns, and what makes a load of it.
///
/// @param name as a template's `config.format` names it
/// @param provider what `x_provider` says about a row; null leaves it to the pipeline's provider
/// @param cost the columns whose sum is what the source bills; empty for a source without money
public record Format(
        String name,
        List<Column> columns,
        LoadKey key,
        List<String> cost,
        Function<SourceRow, @Nullable String> provider) {

    public Format {
        columns = List.copyOf(columns);
        cost = List.copyOf(cost);
    }

    public Format(String name, List<Column> columns, LoadKey key, List<String> cost) {
        this(name, columns, key, cost, row -> null);
    }
}
