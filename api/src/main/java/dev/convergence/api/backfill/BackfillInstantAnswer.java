package dev.convergence.api.backfill;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One instant of a backfill.
///
/// @param state WAITING, RUNNING, COMPLETED, FAILED, SKIPPED, CANCELLED or LEFT_OUT
/// @param runId the first attempt that was begun for it
/// @param reason why it was left out or cancelled
public record BackfillInstantAnswer(
        Instant scheduledTime, String state, @Nullable String runId, @Nullable String reason) {}
