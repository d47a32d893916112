package dev.convergence.api.pipeline;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a pipeline config became by one change, and who made it.
///
/// @param revisionId the change's id in the audit log
/// @param action such as `pipeline-configs.change`
/// @param changes what is different from right before; all of it when the config was made
/// @param config what the config was from then on, secrets masked; null when it was too large to be
///   kept
public record RevisionAnswer(
        String revisionId,
        String configId,
        String tenantId,
        String customerId,
        String action,
        String actor,
        @Nullable String userId,
        String requestId,
        List<Change> changes,
        @Nullable Map<String, @Nullable Object> config,
        Instant at) {

    /// One field that is different.
    public record Change(String field, @Nullable Object before, @Nullable Object after) {}
}
