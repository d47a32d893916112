package dev.convergence.api.subscription;

import java.time.LocalDate;
import java.util.List;

/// The days of which there are counters, newest first.
public record UsageHistoryAnswer(String tenantId, String customerId, List<Day> days) {

    public record Day(
            LocalDate usageDate,
            int pipelinesRunToday,
            int pipelinesSucceededToday,
            int pipelinesFailedToday,
            int pipelinesCancelledToday,
            int pipelinesRunMonth,
            int maxConcurrentReached) {}
}
