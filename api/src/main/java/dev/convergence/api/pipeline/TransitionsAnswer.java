package dev.convergence.api.pipeline;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The states that a run has had, in their order.
public record TransitionsAnswer(String pipelineLoggingId, List<Transition> transitions, int total) {

    /// @param fromState null where the run begins
    /// @param reason why it ended so; null where there is nothing to say
    public record Transition(
            @Nullable String fromState, String toState, Instant at, @Nullable String reason) {}
}
