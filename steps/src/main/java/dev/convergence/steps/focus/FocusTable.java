package dev.convergence.steps.focus;

import static dev.convergence.steps.source.Column.money;
import static dev.convergence.steps.source.Column.text;
import static dev.convergence.steps.source.Column.time;

import dev.convergence.steps.source.AzureExports;
import dev.convergence.steps.source.Column;
import dev.convergence.steps.source.ColumnType;
import dev.convergence.steps.source.Lineage;
import dev.convergence.steps.source.LoadKey;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `focus_cost_usage`: all columns of FOCUS 1.2, what 1.3 and 1.4 add, and our own, which begin
/// with `x_`. One row for each line of the source.
public final class FocusTable {

    public static final String NAME = "focus_cost_usage";

    public static final LoadKey KEY =
            new LoadKey(
                    AzureExports.account("BillingAccountId", "x_ExportType"),
                    "ChargePeriodStart::DATE",
                    "coalesce(x_InvoiceMonth, strftime(BillingPeriodStart, '%Y%m'))",
                    "BilledCost");

    private static final List<Column> OF_1_0 =
            List.of(
                    text("AvailabilityZone"),
                    money("BilledCost"),
                    text("BillingAccountId"),
                    text("BillingAccountName"),
                    text("BillingCurrency"),
                    time("BillingPeriodEnd"),
                    time("BillingPeriodStart"),
                    text("ChargeCategory"),
                    text("ChargeClass"),
                    text("ChargeDescription"),
                    text("ChargeFrequency"),
                    time("ChargePeriodEnd"),
                    time("ChargePeriodStart"),
                    text("CommitmentDiscountCategory"),
                    text("CommitmentDiscountId"),
                    text("CommitmentDiscountName"),
                    text("CommitmentDiscountStatus"),
                    text("CommitmentDiscountType"),
                    money("ConsumedQuantity"),
                    text("ConsumedUnit"),
                    money("ContractedCost"),
                    money("ContractedUnitPrice"),
                    money("EffectiveCost"),
                    text("InvoiceIssuerName"),
                    money("ListCost"),
                    money("ListUnitPrice"),
                    text("PricingCategory"),
                    money("PricingQuantity"),
                    text("PricingUnit"),
                    text("ProviderName"),
                    text("PublisherName"),
                    text("RegionId"),
                    text("RegionName"),
                    text("ResourceId"),
                    text("ResourceName"),
                    text("ResourceType"),
                    text("ServiceCategory"),
                    text("ServiceName"),
                    text("SkuId"),
                    text("SkuPriceId"),
                    text("SubAccountId"),
                    text("SubAccountName"),
                    Column.of("Tags", ColumnType.JSON));

    private static final List<Column> ADDED_BY_1_2 =
            List.of(
                    text("BillingAccountType"),
                    text("CapacityReservationId"),
                    text("CapacityReservationStatus"),
                    money("CommitmentDiscountQuantity"),
                    text("CommitmentDiscountUnit"),
                    text("InvoiceId"),
                    text("PricingCurrency"),
                    money("PricingCurrencyContractedUnitPrice"),
                    money("PricingCurrencyEffectiveCost"),
                    money("PricingCurrencyListUnitPrice"),
                    text("ServiceSubcategory"),
                    text("SkuMeter"),
                    Column.of("SkuPriceDetails", ColumnType.JSON),
                    text("SubAccountType"));

    private static final List<Column> ADDED_BY_1_4 =
            List.of(
                    text("AllocatedMethodId"),
                    Column.of("AllocatedMethodDetails", ColumnType.JSON),
                    text("AllocatedResourceId"),
                    text("AllocatedResourceName"),
                    Column.of("AllocatedTags", ColumnType.JSON),
                    Column.of("ContractApplied", ColumnType.JSON),
                    text("ServiceProviderName"),
                    text("HostProviderName"),
                    text("InvoiceDetailId"),
                    Column.of("CommitmentProgramEligibilityDetails", ColumnType.JSON));

    private static final List<String> DROPPED_BY_1_4 = List.of("ProviderName", "PublisherName");

    private static final List<Column> OURS =
            List.of(
                    text("x_FocusVersion"),
                    text("x_fixups"),
                    text("x_InvoiceMonth"),
                    money("x_CreditsTotal"),
                    Column.of("x_Credits", ColumnType.JSON),
                    Column.of("x_CostCategories", ColumnType.JSON),
                    text("x_ExportType"),
                    text("x_CredentialId"),
                    text("x_PrincipalId"));

    private FocusTable() {}

    /// The columns without lineage.
    public static List<Column> columns() {
        return Stream.of(OF_1_0, ADDED_BY_1_2, ADDED_BY_1_4, OURS).flatMap(List::stream).toList();
    }

    /// The columns with their types, as a CREATE TABLE takes them.
    public static String definition() {
        return Stream.concat(columns().stream(), Lineage.COLUMNS.stream())
                .map(column -> '"' + column.name() + "\" " + column.type().sql())
                .collect(Collectors.joining(",\n  "));
    }

    private static final Pattern MONTH = Pattern.compile("[0-9]{6}");

    /// True, in SQL, for each row `t` of a billing period from the first to the last (`YYYYMM`),
    /// and for few others: columns are compared with constants, which tells whole parts of a table
    /// that need not be read.
    public static String near(String first, String last) {
        if (!MONTH.matcher(first).matches() || !MONTH.matcher(last).matches()) {
            return "true";
        }
        return """
        (t.x_InvoiceMonth BETWEEN '%1$s' AND '%2$s' OR (t.x_InvoiceMonth IS NULL
          AND t.BillingPeriodStart >= strptime('%1$s', '%%Y%%m')
          AND t.BillingPeriodStart < strptime('%2$s', '%%Y%%m') + INTERVAL 1 MONTH))\
        """
                .formatted(first, last);
    }

    /// The views of the data set by name: the columns that a version of FOCUS has.
    public static List<View> views() {
        List<Column> of12 = join(OF_1_0, ADDED_BY_1_2);
        List<Column> of14 =
                join(of12, ADDED_BY_1_4).stream()
                        .filter(column -> !DROPPED_BY_1_4.contains(column.name()))
                        .toList();
        return List.of(
                new View("focus_1_0", names(OF_1_0)),
                new View("focus_1_2", names(of12)),
                new View("focus_1_4", names(of14)));
    }

    private static List<Column> join(List<Column> first, List<Column> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static List<String> names(List<Column> columns) {
        return columns.stream().map(Column::name).toList();
    }

    /// A view on the FOCUS table.
    public record View(String name, List<String> columns) {}
}
