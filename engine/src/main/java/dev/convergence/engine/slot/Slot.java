package dev.convergence.engine.slot;

import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One instant at which a config was due, and what became of it.
///
/// @param dueAt the nominal instant, by the config's cron
/// @param effectiveAt when it was to fire: later than `dueAt` by the config's share of its window
/// @param untilAt the last instant of a row that stands for all from `dueAt` on; null otherwise
/// @param job the run; also of one that was skipped when its turn came
/// @param reason why it did not fire; null when it did
public record Slot(
        TenantId tenant,
        ConfigId config,
        Instant dueAt,
        Instant effectiveAt,
        @Nullable Instant untilAt,
        SlotOutcome outcome,
        @Nullable JobId job,
        @Nullable String reason,
        Instant decidedAt) {}
