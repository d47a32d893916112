package dev.convergence.steps.source;

import org.jspecify.annotations.Nullable;

/// SQL expressions that say which part of a table a row belongs to, and what it costs. The same
/// expressions hold in the run's staging table and in the tenant's data set.
///
/// @param account whose bill it is
/// @param day the day of the charge, a DATE
/// @param period the billing period, `YYYYMM`; null for reports of days, which have none
/// @param cost null for a table that holds no money
public record LoadKey(String account, String day, @Nullable String period, @Nullable String cost) {

    public static LoadKey ofDays(String account, String day, @Nullable String cost) {
        return new LoadKey(account, day, null, cost);
    }

    /// The sum of a table's cost; zero for an empty one, and for one that holds no money.
    public String costSum() {
        return "coalesce(sum(" + (cost == null ? "0" : cost) + "), 0)::" + Money.SQL_TYPE;
    }
}
