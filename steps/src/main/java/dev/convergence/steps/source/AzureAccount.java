package dev.convergence.steps.source;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Whose bill a line of Azure's is, and of which month. Not every agreement's export says so: then
/// the nearest thing that it says, and a fix-up tells.
final class AzureAccount {

    static final List<String> NAMES =
            List.of(
                    "BillingAccountId",
                    "BillingProfileId",
                    "BillingAccountName",
                    "SubscriptionId",
                    "SubscriptionGuid");

    private AzureAccount() {}

    static @Nullable String id(SourceRow row) {
        return row.text(NAMES.toArray(String[]::new));
    }

    static @Nullable String periodStart(SourceRow row) {
        String given = row.text("BillingPeriodStartDate");
        LocalDate day = day(row);
        return given != null || day == null ? given : day.withDayOfMonth(1).toString();
    }

    /// The last day of the period, as Azure counts it.
    static @Nullable String periodEnd(SourceRow row) {
        String given = row.text("BillingPeriodEndDate");
        LocalDate day = day(row);
        return given != null || day == null
                ? given
                : day.withDayOfMonth(day.lengthOfMonth()).toString();
    }

    private static @Nullable LocalDate day(SourceRow row) {
        String day = row.text("Date", "UsageDateTime", "UsageDate");
        return day == null ? null : Times.day(day);
    }

    static @Nullable String fixups(SourceRow row) {
        String all =
                Stream.of(
                                row.text("BillingAccountId") == null
                                        ? "MissingBillingAccountId"
                                        : "",
                                row.text("BillingPeriodStartDate") == null
                                        ? "MissingBillingPeriod"
                                        : "",
                                AzureTags.fixup(row),
                                AzureCharge.fixup(row))
                        .filter(code -> !code.isEmpty())
                        .collect(Collectors.joining(","));
        return all.isEmpty() ? null : all;
    }
}
