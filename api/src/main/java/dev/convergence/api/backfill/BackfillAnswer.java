package dev.convergence.api.backfill;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A backfill and how far it has come; or, of a dry run, what it would do.
///
/// @param backfillId null for a dry run
/// @param state RUNNING, PAUSED, COMPLETED or CANCELLED; PLANNED for a dry run
/// @param waitingFor why nothing is begun at present; null when something may be
/// @param plan what a dry run found; null otherwise
public record BackfillAnswer(
        @Nullable String backfillId,
        String tenantId,
        String customerId,
        String configId,
        LocalDate startDate,
        LocalDate endDate,
        String mode,
        String order,
        int maxConcurrent,
        int daysBack,
        String state,
        String status,
        boolean dryRun,
        Progress progress,
        @Nullable WaitingFor waitingFor,
        @Nullable String endReason,
        @Nullable String createdBy,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant endedAt,
        @Nullable Plan plan) {

    /// @param running begun and not over, pauses between retries included
    /// @param leftOut superfluous when their turn came
    /// @param percent how many of all are over
    public record Progress(
            int total,
            int waiting,
            int running,
            int completed,
            int failed,
            int skipped,
            int cancelled,
            int leftOut,
            double percent) {}

    /// @param code QUOTA, LANE or TENANT
    public record WaitingFor(String code, String detail) {}

    /// @param runs how many instants would be run
    public record Plan(int runs, QuotaEffect quota, List<PlannedInstant> instants) {}

    /// @param keptToday units of the day that scheduled runs are expected to need
    /// @param startableToday how many runs could begin before the day (UTC) ends
    public record QuotaEffect(
            int runs,
            int dailyLimit,
            int usedToday,
            int keptToday,
            int startableToday,
            int monthlyLimit,
            int usedMonth,
            int keptMonth,
            int startableMonth) {}

    /// @param date the day that its run would load
    /// @param outcome what the ledger of slots knows of it; null for nothing
    /// @param lastState how its newest attempt ended; LIVE while one has not
    /// @param isWanted whether it would be run
    /// @param leftOut why not
    public record PlannedInstant(
            Instant scheduledTime,
            @Nullable LocalDate date,
            @Nullable String outcome,
            @Nullable String lastState,
            boolean isWanted,
            @Nullable String leftOut) {}
}
