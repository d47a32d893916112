package dev.convergence.engine.subscription;

import dev.convergence.engine.id.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// What a tenant has used of its limits today and this month, and what it runs now.
///
/// @param override other limits than the subscription's that hold for a time
/// @param providers how many providers it has active credentials of
public record Usage(
        TenantId tenant,
        Subscription subscription,
        @Nullable LimitOverride override,
        Day today,
        int runMonth,
        int running,
        int providers) {

    private static final double SOFT_LIMIT = 0.8;

    /// One UTC day's counters.
    ///
    /// @param warnedAt when 80 % of the runs of the day or the month were used
    /// @param exceededAt when a run was first refused
    public record Day(
            LocalDate date,
            int run,
            int succeeded,
            int failed,
            int cancelled,
            int runMonth,
            int concurrentMax,
            @Nullable Instant lastStartedAt,
            @Nullable Instant lastCompletedAt,
            @Nullable Instant warnedAt,
            @Nullable Instant exceededAt) {

        static Day empty(LocalDate date) {
            return new Day(date, 0, 0, 0, 0, 0, 0, null, null, null, null);
        }
    }

    /// The limits that hold now.
    public Limits limits() {
        return override == null ? subscription.limits() : override.over(subscription.limits());
    }

    public int dailyRemaining() {
        return Math.max(0, limits().daily() - today.run());
    }

    public int monthlyRemaining() {
        return Math.max(0, limits().monthly() - runMonth);
    }

    public int concurrentRemaining() {
        return Math.max(0, limits().concurrent() - running);
    }

    /// Whether the soft limit is reached: 80 % of the day's or the month's runs are used.
    public boolean isNear() {
        return isNear(today.run(), limits().daily()) || isNear(runMonth, limits().monthly());
    }

    private static boolean isNear(int used, int limit) {
        return limit > 0 && used >= SOFT_LIMIT * limit;
    }

    public boolean isExceeded() {
        return dailyRemaining() == 0 || monthlyRemaining() == 0;
    }
}
