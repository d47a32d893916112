package dev.convergence.steps.focus;

import dev.convergence.steps.source.AzureCostFormat;
import dev.convergence.steps.source.AzureRegions;
import dev.convergence.steps.source.AzureResource;
import dev.convergence.steps.source.AzureTags;
import dev.convergence.steps.source.AzureUnit;
import java.util.List;

/// Azure's cost details as FOCUS, actual or amortized. The export's last day of a billing period is
/// inclusive, FOCUS's end is not.
final class AzureFocus {

    private static final String SELECT =
            """
            SELECT
              x_provider, x_run_id, x_source_file, x_loaded_at,
              billing_account_id AS BillingAccountId,
              billing_account_name AS BillingAccountName,
              'Billing Account' AS BillingAccountType,
              subscription_id AS SubAccountId,
              subscription_name AS SubAccountName,
              CASE WHEN subscription_id IS NOT NULL THEN 'Subscription' END AS SubAccountType,
              d_invoice_id AS InvoiceId,
              billing_currency AS BillingCurrency,
              billing_period_start AS BillingPeriodStart,
              billing_period_end + INTERVAL 1 DAY AS BillingPeriodEnd,
              usage_date::TIMESTAMP AS ChargePeriodStart,
              usage_date::TIMESTAMP + INTERVAL 1 DAY AS ChargePeriodEnd,
              billed_cost AS BilledCost,
              CASE WHEN d_commitment = 'Bought' THEN 0 ELSE cost END AS EffectiveCost,
              CASE WHEN charge IN ('Usage', 'UnusedReservation', 'UnusedSavingsPlan')
                THEN contracted_cost ELSE cost END AS ContractedCost,
              CASE WHEN charge IN ('Usage', 'UnusedReservation', 'UnusedSavingsPlan')
                THEN list_cost ELSE cost END AS ListCost,
              nullif(concat_ws(',', d_missing, d_tag_fixup,
                CASE WHEN d_commitment = 'Used' AND cost = 0 THEN 'EffectiveCostNotAmortized' END),
                '') AS x_fixups,
              list_unit_price AS ListUnitPrice,
              contracted_unit_price AS ContractedUnitPrice,
              d_pricing_currency AS PricingCurrency,
              CASE WHEN d_commitment = 'Bought' AND d_pricing_currency_cost IS NOT NULL THEN 0
                ELSE d_pricing_currency_cost END AS PricingCurrencyEffectiveCost,
              CASE charge
                WHEN 'Purchase' THEN 'Purchase'
                WHEN 'Refund' THEN 'Purchase'
                WHEN 'Tax' THEN 'Tax'
                WHEN 'RoundingAdjustment' THEN 'Adjustment'
                ELSE 'Usage' END AS ChargeCategory,
              CASE WHEN charge = 'Refund' THEN 'Correction' END AS ChargeClass,
              CASE frequency
                WHEN 'OneTime' THEN 'One-Time'
                WHEN 'Recurring' THEN 'Recurring'
                ELSE 'Usage-Based' END AS ChargeFrequency,
              nullif(concat_ws(' - ', product, meter_name), '') AS ChargeDescription,
              CASE WHEN charge <> 'Tax' THEN pricing_quantity END AS PricingQuantity,
              CASE WHEN charge <> 'Tax' THEN d_pricing_unit END AS PricingUnit,
              CASE WHEN charge = 'Usage' THEN quantity END AS ConsumedQuantity,
              CASE WHEN charge = 'Usage' AND quantity IS NOT NULL THEN d_consumed_unit END
                AS ConsumedUnit,
              CASE
                WHEN charge IN ('Tax', 'RoundingAdjustment') THEN NULL
                WHEN pricing_model = 'OnDemand' THEN 'Standard'
                WHEN pricing_model = 'Spot' THEN 'Dynamic'
                WHEN pricing_model IN ('Reservation', 'SavingsPlan') THEN 'Committed'
                WHEN d_commitment IS NOT NULL THEN 'Committed'
                WHEN meter_name ILIKE '%spot%' THEN 'Dynamic'
                ELSE 'Standard' END AS PricingCategory,
              coalesce(reservation_id, benefit_id) AS CommitmentDiscountId,
              coalesce(reservation_name, benefit_name) AS CommitmentDiscountName,
              CASE WHEN reservation_id IS NOT NULL THEN 'Usage'
                   WHEN benefit_id IS NOT NULL THEN 'Spend' END AS CommitmentDiscountCategory,
              CASE WHEN reservation_id IS NOT NULL THEN 'Reservation'
                   WHEN benefit_id IS NOT NULL THEN 'Savings Plan' END AS CommitmentDiscountType,
              CASE WHEN coalesce(reservation_id, benefit_id) IS NOT NULL
                  AND d_commitment IN ('Used', 'Unused') THEN d_commitment END
                AS CommitmentDiscountStatus,
              CASE
                WHEN d_commitment IS NULL OR d_commitment = 'Bought' THEN NULL
                WHEN reservation_id IS NOT NULL THEN quantity
                WHEN benefit_id IS NOT NULL THEN cost END AS CommitmentDiscountQuantity,
              CASE
                WHEN d_commitment IS NULL OR d_commitment = 'Bought' THEN NULL
                WHEN reservation_id IS NOT NULL THEN d_consumed_unit
                WHEN benefit_id IS NOT NULL THEN billing_currency END AS CommitmentDiscountUnit,
              d_region_id AS RegionId,
              d_region_name AS RegionName,
              availability_zone AS AvailabilityZone,
              lower(resource_id) AS ResourceId,
              d_name_of_resource AS ResourceName,
              CASE WHEN resource_id IS NOT NULL THEN coalesce(d_type_of_resource, meter_category) END
                AS ResourceType,
              coalesce(meter_category, consumed_service) AS ServiceName,
              services.category AS ServiceCategory,
              services.subcategory AS ServiceSubcategory,
              CASE WHEN charge <> 'Tax' THEN meter_id END AS SkuId,
              CASE WHEN charge <> 'Tax' THEN nullif(concat_ws('/', part_number, meter_id), '') END
                AS SkuPriceId,
              CASE WHEN charge <> 'Tax' THEN meter_name END AS SkuMeter,
              CASE WHEN charge <> 'Tax' THEN d_price_details::JSON END AS SkuPriceDetails,
              d_tags::JSON AS Tags,
              export_type AS x_ExportType,
              'Microsoft' AS ProviderName,
              coalesce(publisher_name, 'Microsoft') AS PublisherName,
              'Microsoft' AS InvoiceIssuerName,
              coalesce(publisher_name, 'Microsoft') AS ServiceProviderName,
              'Microsoft' AS HostProviderName
            FROM (SELECT *, coalesce(charge_type, 'Usage') AS charge,
                  CASE WHEN d_worked_out IS NULL THEN d_exact_list_cost
                    ELSE d_list_cost::DECIMAL(38,20) END AS list_cost,
                  CASE WHEN d_worked_out IS NULL THEN d_exact_contracted_cost
                    ELSE d_contracted_cost::DECIMAL(38,20) END AS contracted_cost,
                  CASE WHEN d_worked_out IS NULL THEN quantity ELSE d_pricing_quantity::DECIMAL(38,20) END
                    AS pricing_quantity,
                  CASE WHEN d_worked_out IS NULL THEN payg_price ELSE d_list_unit_price::DECIMAL(38,20) END
                    AS list_unit_price,
                  CASE WHEN d_worked_out IS NULL THEN unit_price ELSE d_unit_price::DECIMAL(38,20) END
                    AS contracted_unit_price
                FROM lines)
              LEFT JOIN services USING (service_key)
            """;

    private static final List<Lookup> LOOKUPS =
            List.of(
                    new Lookup(
                            "focus_units",
                            List.of("unit_of_measure"),
                            List.of("d_pricing_unit", "d_consumed_unit"),
                            "unit_of_measure IS NOT NULL",
                            AzureUnit::read),
                    new Lookup(
                            "focus_amounts",
                            List.of("unit_of_measure", "quantity", "payg_price", "unit_price"),
                            List.of(
                                    "d_list_cost",
                                    "d_contracted_cost",
                                    "d_pricing_quantity",
                                    "d_list_unit_price",
                                    "d_unit_price",
                                    "d_worked_out"),
                            "d_exact IS NULL",
                            AzureUnit::amounts),
                    new Lookup(
                            "focus_regions",
                            List.of("resource_location"),
                            List.of("d_region_id", "d_region_name"),
                            "resource_location IS NOT NULL",
                            AzureRegions::read),
                    new Lookup(
                            "focus_resources",
                            List.of(
                                    "d_resource_path",
                                    "d_resource_type",
                                    "consumed_service",
                                    "resource_name"),
                            List.of("d_type_of_resource", "d_name_of_resource"),
                            "true",
                            AzureResource::read),
                    new Lookup(
                            "focus_tags",
                            List.of("d_tags_written"),
                            List.of("d_tags", "d_tag_fixup"),
                            "d_tags_written IS NOT NULL",
                            AzureTags::read),
                    new Lookup(
                            "focus_price_details",
                            List.of("additional_info"),
                            List.of("d_price_details"),
                            "additional_info IS NOT NULL",
                            AzureTags::priceDetails));

    /// Only the actual export has the purchase of a commitment, and only the amortized one a price
    /// for the use that it covers: a file with both would count what the two share twice.
    private static final String BOTH_EXPORTS =
            """
            count(*) FILTER (WHERE d_commitment = 'Bought' AND charge_type = 'Purchase'
              AND export_type = 'amortized') > 0
            """;

    private AzureFocus() {}

    static FocusMapping mapping() {
        return new FocusMapping(
                AzureCostFormat.NAME,
                "azure",
                "concat_ws('|', meter_category, consumed_service, service_family)",
                "true",
                BOTH_EXPORTS,
                LOOKUPS,
                SELECT);
    }
}
