package dev.convergence.steps.source;

import static dev.convergence.steps.source.Column.derived;
import static dev.convergence.steps.source.Column.money;
import static dev.convergence.steps.source.Column.text;
import static dev.convergence.steps.source.Column.worked;

import java.util.List;

/// Azure Cost Management's cost details, actual and amortized: the headers of Enterprise Agreement,
/// Microsoft Customer Agreement and pay-as-you-go.
///
/// The two exports of a month stand side by side: each load replaces those of its own kind.
///
/// What Azure bills is the cost in the billing currency, but of what a commitment covers: that was
/// billed when the commitment was bought.
public final class AzureCostFormat {

    public static final String NAME = "azure_cost";

    private static final LoadKey KEY =
            new LoadKey(
                    AzureExports.account("billing_account_id", "export_type"),
                    "usage_date",
                    "strftime(billing_period_start, '%Y%m')",
                    "billed_cost");

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
        return new Format(
                NAME, LAYOUTS, columns(), KEY, List.of("billed_cost"), AzureExports::tell);
    }

    private static List<Column> columns() {
        return List.of(
                derived("billing_account_id", ColumnType.TEXT, AzureAccount::id)
                        .from(AzureAccount.NAMES.toArray(String[]::new))
                        .needed(),
                text("billing_account_name", "BillingAccountName"),
                derived("billing_period_start", ColumnType.TIME, AzureAccount::periodStart)
                        .needed(),
                derived("billing_period_end", ColumnType.TIME, AzureAccount::periodEnd).needed(),
                text("billing_profile_id", "BillingProfileId"),
                text("billing_profile_name", "BillingProfileName"),
                text("subscription_id", "SubscriptionId", "SubscriptionGuid"),
                text("subscription_name", "SubscriptionName"),
                Column.of("usage_date", ColumnType.DAY, "Date", "UsageDateTime", "UsageDate")
                        .needed(),
                text("product", "ProductName", "Product"),
                text("part_number", "PartNumber"),
                text("meter_id", "MeterId"),
                text("meter_name", "MeterName"),
                text("meter_category", "MeterCategory"),
                text("meter_subcategory", "MeterSubCategory"),
                text("meter_region", "MeterRegion"),
                text("service_family", "ServiceFamily"),
                text("unit_of_measure", "UnitOfMeasure"),
                money("quantity", "Quantity", "UsageQuantity"),
                money("effective_price", "EffectivePrice"),
                money("unit_price", "UnitPrice", "ResourceRate"),
                money("payg_price", "PayGPrice"),
                money("cost", AzureCharge.COST).needed(),
                text("billing_currency", "BillingCurrencyCode", "BillingCurrency", "Currency"),
                text("resource_location", "ResourceLocation"),
                text("availability_zone", "AvailabilityZone"),
                text("consumed_service", "ConsumedService"),
                text("resource_id", "ResourceId", "InstanceId", "InstanceName"),
                text("resource_name", "ResourceName"),
                text("resource_group", "ResourceGroup", "ResourceGroupName"),
                derived("tags_json", ColumnType.TEXT, AzureTags::braced),
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
                derived("billed_cost", ColumnType.MONEY, AzureCharge::billed),
                derived("export_type", ColumnType.TEXT, AzureCharge::export),
                text("d_invoice_id", "InvoiceId", "InvoiceNo").unpublished(),
                text("d_pricing_currency", "PricingCurrency").unpublished(),
                money("d_pricing_currency_cost", "CostInPricingCurrency").unpublished(),
                derived("d_commitment", ColumnType.TEXT, AzureCharge::commitment).unpublished(),
                text("d_resource_path", "ResourceId", "InstanceId").unpublished(),
                text("d_resource_type", "ResourceType").unpublished(),
                text("d_tags_written", "Tags").unpublished(),
                derived("d_exact", ColumnType.TEXT, AzureAmounts::exact).unpublished(),
                worked("d_exact_list_cost", ColumnType.MONEY, AzureAmounts::listCost).unpublished(),
                worked("d_exact_contracted_cost", ColumnType.MONEY, AzureAmounts::contractedCost)
                        .unpublished(),
                derived("d_missing", ColumnType.TEXT, AzureAccount::missing).unpublished());
    }
}
