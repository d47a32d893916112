package dev.convergence.api.group;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Jobs to be put in together.
///
/// @param mode SEQUENTIAL or PARALLEL
/// @param priority of every member
/// @param onFailure STOP, CONTINUE or SKIP
/// @param jobs in the order in which a sequential group executes them
public record GroupRequest(
        @Nullable String name,
        @Nullable String mode,
        @Nullable Integer priority,
        @Nullable String onFailure,
        @Nullable List<@Nullable Member> jobs) {

    /// @param params laid over those of the template, when there is one
    public record Member(
            @Nullable String type,
            @Nullable Map<String, Object> params,
            @Nullable String templateId) {}
}
