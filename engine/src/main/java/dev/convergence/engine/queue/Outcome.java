package dev.convergence.engine.queue;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How an execution ended.
public sealed interface Outcome {

    /// The error code of work whose node was lost.
    String NODE_LOST = "NODE_LOST";

    /// @param artifacts what the execution produced, by name; JSON values
    /// @param result numbers of the execution (rows, bytes), shown with the run
    record Completed(
            @Nullable Integer exitCode, Map<String, Object> artifacts, Map<String, Object> result)
            implements Outcome {

        /// Done, without anything to show.
        public static Completed plain() {
            return new Completed(null, Map.of(), Map.of());
        }
    }

    /// @param error a sentence for the tenant
    /// @param code an [dev.convergence.engine.error.ErrorCode] or a word of the handler's
    /// @param retryable false when trying again cannot help
    record Failed(
            String error,
            String code,
            boolean retryable,
            @Nullable Integer exitCode,
            Map<String, Object> artifacts,
            Map<String, Object> result)
            implements Outcome {

        public static Failed of(String error, String code, boolean retryable) {
            return new Failed(error, code, retryable, null, Map.of(), Map.of());
        }
    }

    record Skipped(String reason) implements Outcome {}

    record Cancelled(String reason) implements Outcome {}
}
