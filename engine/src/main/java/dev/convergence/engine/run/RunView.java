package dev.convergence.engine.run;

import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.RunId;
import dev.convergence.engine.id.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A pipeline run as somebody sees it who asks now.
///
/// @param state SCHEDULED, PENDING, RUNNING, COMPLETED, FAILED, SKIPPED or CANCELLED
/// @param slotAt the instant at which its config was due; null for manual runs
/// @param effectiveAt when that instant was to fire: later when a window spreads
/// @param nextAttemptAt when a waiting retry may start
public record RunView(
        JobId job,
        TenantId tenant,
        String pipelineId,
        @Nullable ConfigId config,
        @Nullable Instant slotAt,
        @Nullable Instant effectiveAt,
        String provider,
        String domain,
        String templateName,
        Map<String, Object> parameters,
        String state,
        String triggerType,
        @Nullable String triggerBy,
        @Nullable String userId,
        int priority,
        int attempt,
        int retriesMax,
        @Nullable JobId retryOf,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String error,
        @Nullable String errorCode,
        @Nullable Integer exitCode,
        Map<String, Object> artifacts,
        Map<String, Object> result,
        @Nullable String node,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant cancelRequestedAt) {

    public RunId run() {
        return job.run();
    }

    public Optional<Duration> duration() {
        return startedAt == null || finishedAt == null
                ? Optional.empty()
                : Optional.of(Duration.between(startedAt, finishedAt));
    }

    public boolean hasEnded() {
        return finishedAt != null;
    }
}
