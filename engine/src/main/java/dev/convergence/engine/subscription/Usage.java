package dev.convergence.engine.subscription;

import dev.convergence.engine.id.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// What a tenant has used of its limits today and this month, and what it runs now.
///
/// @param providers how many providers it has active credentials of
public record Usage(
        TenantId tenant,
        Subscription subscription,
        Day today,
        int runMonth,
        int running,
        int providers) {

    /// One UTC day's counters.
    public record Day(
            LocalDate date,
            int run,
            int succeeded,
            int failed,
            int cancelled,
            int runMonth,
            int concurrentMax,
            @Nullable Instant lastStartedAt,
            @Nullable Instant lastCompletedAt) {

        static Day empty(LocalDate date) {
            return new Day(date, 0, 0, 0, 0, 0, 0, null, null);
        }
    }

    public int dailyRemaining() {
        return Math.max(0, subscription.limits().daily() - today.run());
    }

    public int monthlyRemaining() {
        return Math.max(0, subscription.limits().monthly() - runMonth);
    }

    public int concurrentRemaining() {
        return Math.max(0, subscription.limits().concurrent() - running);
    }

    public boolean isExceeded() {
        return dailyRemaining() == 0 || monthlyRemaining() == 0;
    }
}
