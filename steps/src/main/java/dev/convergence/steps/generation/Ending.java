package dev.convergence.steps.generation;

import dev.convergence.steps.generation.model.Fault;
import dev.convergence.steps.generation.model.Reply;
import java.util.Map;

/// How a generation ended.
///
/// Each has `result`: model, provider and tokens, as far as it came to that.
public sealed interface Ending {

    record Done(Map<String, Object> result) implements Ending {}

    /// All that was written resembles earlier work too much.
    record Skipped(String reason) implements Ending {}

    record Failed(Fault fault, String message, Map<String, Object> result) implements Ending {

        static Failed of(InvalidParam invalid) {
            return new Failed(
                    Fault.INVALID_PARAMETER, String.valueOf(invalid.getMessage()), Map.of());
        }

        static Failed of(Reply.Failure failure, Map<String, Object> result) {
            return new Failed(failure.fault(), failure.message(), result);
        }
    }
}
