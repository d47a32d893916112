package dev.convergence.steps.source;

import static dev.convergence.steps.source.Column.computed;
import static dev.convergence.steps.source.Column.money;
import static dev.convergence.steps.source.Column.text;
import static dev.convergence.steps.source.Column.time;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Azure Cost Management's actual-cost export (EA and MCA headers). What Azure bills is the cost in
/// the billing currency.
public final class AzureCostFormat {

    public static final String NAME = "azure_cost";

    private static final LoadKey KEY =
            new LoadKey(
                    "billing_account_id",
                    "usage_date",
                    "strftime(billing_period_start, '%Y%m')",
                    "cost");

    private static final List<Layout> LAYOUTS =
            List.of(
                    Layout.with("Azure usage details, pay-as-you-go", "PreTaxCost"),
                    Layout.with(
                            "Azure cost details, Microsoft Customer Agreement",
                            "exchangeRatePricingToBilling",
                            "pricingCurrency"),
                    Layout.otherwise("Azure cost details, Enterprise Agreement"));

    private AzureCostFormat() {}

    public static Format format() {
        return new Format(NAME, LAYOUTS, columns(), KEY, List.of("cost"));
    }

    private static List<Column> columns() {
        return List.of(
                text("billing_account_id", "BillingAccountId").needed(),
                text("billing_account_name", "BillingAccountName"),
                time("billing_period_start", "BillingPeriodStartDate").needed(),
                time("billing_period_end", "BillingPeriodEndDate").needed(),
                text("billing_profile_id", "BillingProfileId"),
                text("billing_profile_name", "BillingProfileName"),
                text("subscription_id", "SubscriptionId"),
                text("subscription_name", "SubscriptionName"),
                Column.of("usage_date", ColumnType.DAY, "Date").needed(),
                text("product", "ProductName", "Product"),
                text("part_number", "PartNumber"),
                text("meter_id", "MeterId"),
                text("meter_name", "MeterName"),
                text("meter_category", "MeterCategory"),
                text("meter_subcategory", "MeterSubCategory"),
                text("meter_region", "MeterRegion"),
                text("service_family", "ServiceFamily"),
                text("unit_of_measure", "UnitOfMeasure"),
                money("quantity", "Quantity"),
                money("effective_price", "EffectivePrice"),
                money("unit_price", "UnitPrice"),
                money("payg_price", "PayGPrice"),
                money("cost", "CostInBillingCurrency", "Cost").needed(),
                text("billing_currency", "BillingCurrencyCode", "BillingCurrency"),
                text("resource_location", "ResourceLocation"),
                text("availability_zone", "AvailabilityZone"),
                text("consumed_service", "ConsumedService"),
                text("resource_id", "ResourceId"),
                text("resource_name", "ResourceName"),
                text("resource_group", "ResourceGroup"),
                computed("tags_json", ColumnType.TEXT, row -> braced(row.text("Tags"))),
                text("additional_info", "AdditionalInfo"),
                text("cost_center", "CostCenter"),
                text("invoice_section_name", "InvoiceSectionName", "InvoiceSection"),
                text("reservation_id", "ReservationId"),
                text("reservation_name", "ReservationName"),
                text("offer_id", "OfferId"),
                text("charge_type", "ChargeType"),
                text("frequency", "Frequency"),
                text("pricing_model", "PricingModel"),
                text("publisher_name", "PublisherName"),
                text("publisher_type", "PublisherType"),
                text("term", "Term"),
                text("benefit_id", "benefitId"),
                text("benefit_name", "benefitName"),
                computed("d_list_cost", ColumnType.MONEY, row -> priced(row, "PayGPrice"))
                        .unpublished(),
                computed("d_contracted_cost", ColumnType.MONEY, row -> priced(row, "UnitPrice"))
                        .unpublished());
    }

    /// Some exports leave out the outer braces.
    private static @Nullable String braced(@Nullable String tags) {
        return tags == null || tags.startsWith("{") ? tags : "{" + tags + "}";
    }

    private static @Nullable String priced(SourceRow row, String price) {
        return Money.product(row.text(price), row.text("Quantity"));
    }
}
