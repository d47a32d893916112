package dev.convergence.steps.source;

import java.util.List;

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

    static String id(Cells cells) {
        return cells.text(NAMES.toArray(String[]::new));
    }

    static String periodStart(Cells cells) {
        return orOfDay(
                cells,
                "BillingPeriodStartDate",
                "strftime(date_trunc('month', %s), '%%Y-%%m-%%d')");
    }

    /// The last day of the period, as Azure counts it.
    static String periodEnd(Cells cells) {
        return orOfDay(cells, "BillingPeriodEndDate", "strftime(last_day(%s), '%%Y-%%m-%%d')");
    }

    /// A day that cannot be read stays as it is, for its line to be refused.
    private static String orOfDay(Cells cells, String name, String ofDay) {
        String day = cells.once("x_day_text", cells.text("Date", "UsageDateTime", "UsageDate"));
        String time = cells.once("x_day", Typing.time(day));
        return "coalesce(%s, %s, %s)".formatted(cells.text(name), ofDay.formatted(time), day);
    }

    /// What a line does not say, by the codes of fix-ups.
    static String missing(Cells cells) {
        return """
        nullif(concat_ws(',',
          CASE WHEN %s IS NULL THEN 'MissingBillingAccountId' END,
          CASE WHEN %s IS NULL THEN 'MissingBillingPeriod' END), '')\
        """
                .formatted(cells.text("BillingAccountId"), cells.text("BillingPeriodStartDate"));
    }
}
