package dev.convergence.api.scheduler;

import java.time.Instant;

/// What the reset of the daily quotas changed.
public record ResetAnswer(
        String status,
        int recordsUpdated,
        int recordsArchived,
        String message,
        Instant executedAt) {}
