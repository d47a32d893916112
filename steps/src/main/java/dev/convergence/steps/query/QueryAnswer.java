package dev.convergence.steps.query;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.warehouse.Warehouse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the sandbox's process answers; one JSON line.
///
/// @param refusal null when the query was answered
record QueryAnswer(
        @Nullable ErrorCode refusal,
        String message,
        List<Warehouse.Column> columns,
        List<List<@Nullable Object>> rows,
        boolean truncated,
        long elapsedMillis) {

    static QueryAnswer refused(EngineException refusal) {
        return new QueryAnswer(
                refusal.code(),
                String.valueOf(refusal.getMessage()),
                List.of(),
                List.of(),
                false,
                0);
    }

    Warehouse.QueryResult orRefusal() {
        if (refusal != null) {
            throw new EngineException(refusal, message);
        }
        return new Warehouse.QueryResult(columns, rows, truncated, elapsedMillis);
    }
}
