package dev.convergence.api.subscription;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Limits, what is used of them, and what is left: in one table, and each by itself.
public record LimitsAnswer(
        String tenantId,
        String customerId,
        String subscriptionPlan,
        LimitsBody limits,
        Use currentUsage,
        Use available,
        Standing daily,
        Standing monthly,
        Standing concurrent,
        Standing providers,
        @Nullable Instant warnedAt,
        @Nullable Instant exceededAt,
        @Nullable OverrideAnswer override) {

    public record Use(
            int providers, int pipelinesToday, int pipelinesMonth, int concurrentRunning) {}

    /// How one limit stands.
    ///
    /// @param percent used of the limit; 100 for a limit of 0
    /// @param state OK, WARNING from 80 % on, EXHAUSTED when nothing is left
    /// @param resetsAt when the count begins anew; null for what is not counted by time
    /// @param booked the subscription's own limit, when another holds for a time
    public record Standing(
            int limit,
            int used,
            int remaining,
            double percent,
            String state,
            @Nullable Instant resetsAt,
            @Nullable Integer booked) {}
}
