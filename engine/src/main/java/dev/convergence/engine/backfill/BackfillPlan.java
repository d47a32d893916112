package dev.convergence.engine.backfill;

import java.util.List;

/// What a backfill would do: its instants, and what it needs of the quotas.
public record BackfillPlan(List<PlannedInstant> instants, QuotaEffect quota) {

    public BackfillPlan {
        instants = List.copyOf(instants);
    }

    public int runs() {
        return (int) instants.stream().filter(PlannedInstant::isWanted).count();
    }

    /// @param runs how many units it needs in all
    /// @param keptToday how many of today's units scheduled runs are expected to need
    /// @param keptThisMonth the same of the month's
    /// @param today how many it could begin today
    /// @param thisMonth how many it could begin until the month ends, were each day long enough
    public record QuotaEffect(
            int runs,
            int dailyLimit,
            int dailyUsed,
            int keptToday,
            int monthlyLimit,
            int monthlyUsed,
            int keptThisMonth,
            int today,
            int thisMonth) {}
}
