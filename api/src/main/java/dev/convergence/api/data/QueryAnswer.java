package dev.convergence.api.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of a query.
///
/// @param truncated true when there were more rows than the limit
public record QueryAnswer(
        List<Column> columns,
        List<List<@Nullable Object>> rows,
        int rowCount,
        boolean truncated,
        long elapsedMs) {

    public record Column(String name, String type) {}
}
