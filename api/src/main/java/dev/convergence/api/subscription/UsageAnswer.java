package dev.convergence.api.subscription;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// What a tenant has used today and this month.
///
/// @param quotaWarning whether 80 % of the day's or the month's runs are used
/// @param quotaExceeded whether none are left
/// @param exceededAt when a run was first refused today
public record UsageAnswer(
        String tenantId,
        String customerId,
        LocalDate usageDate,
        int pipelinesRunToday,
        int pipelinesSucceededToday,
        int pipelinesFailedToday,
        int pipelinesCancelledToday,
        int pipelinesRunMonth,
        int concurrentPipelinesRunning,
        int concurrentRunning,
        int maxConcurrentReached,
        QuotaLimits limits,
        Remaining quotaRemaining,
        boolean quotaWarning,
        boolean quotaExceeded,
        @Nullable Instant warnedAt,
        @Nullable Instant exceededAt,
        @Nullable Instant lastPipelineStartedAt,
        @Nullable Instant lastPipelineCompletedAt) {

    public record QuotaLimits(int dailyLimit, int monthlyLimit, int concurrentLimit) {}

    public record Remaining(int daily, int monthly, int concurrent) {}
}
