package dev.convergence.api.scheduler;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One instant at which a config was due, and what became of it.
///
/// @param dueAt the nominal instant, by the config's cron
/// @param effectiveAt when it was to fire: later than `due_at` by the config's share of its window
/// @param untilAt the last instant of a row that stands for all from `due_at` on; null otherwise
/// @param outcome FIRED, SKIPPED_MISSED, SKIPPED_OVERLAP, SKIPPED_QUOTA, SKIPPED_DISABLED or
///   SKIPPED_SUSPENDED
/// @param runId its run; one that was skipped when its turn came has one, too
/// @param reason why it did not fire; null when it did
public record SlotAnswer(
        String configId,
        String tenantId,
        String customerId,
        Instant dueAt,
        Instant effectiveAt,
        @Nullable Instant untilAt,
        String outcome,
        @Nullable String runId,
        @Nullable String pipelineLoggingId,
        @Nullable String reason,
        Instant decidedAt) {}
