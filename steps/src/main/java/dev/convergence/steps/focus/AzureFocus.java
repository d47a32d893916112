package dev.convergence.steps.focus;

import dev.convergence.steps.source.AzureCostFormat;

/// Azure's actual-cost export as FOCUS. The export's last day of a billing period is inclusive,
/// FOCUS's end is not.
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
              billing_currency AS BillingCurrency,
              billing_period_start AS BillingPeriodStart,
              billing_period_end + INTERVAL 1 DAY AS BillingPeriodEnd,
              usage_date::TIMESTAMP AS ChargePeriodStart,
              usage_date::TIMESTAMP + INTERVAL 1 DAY AS ChargePeriodEnd,
              cost AS BilledCost,
              cost AS EffectiveCost,
              coalesce(d_contracted_cost, cost) AS ContractedCost,
              coalesce(d_list_cost, cost) AS ListCost,
              CASE WHEN d_list_cost IS NULL THEN 'MissingListCost' END AS x_SourceChanges,
              payg_price AS ListUnitPrice,
              unit_price AS ContractedUnitPrice,
              CASE charge_type
                WHEN 'Purchase' THEN 'Purchase'
                WHEN 'Refund' THEN 'Purchase'
                WHEN 'Tax' THEN 'Tax'
                WHEN 'RoundingAdjustment' THEN 'Adjustment'
                ELSE 'Usage' END AS ChargeCategory,
              CASE WHEN charge_type = 'Refund' THEN 'Correction' END AS ChargeClass,
              CASE frequency
                WHEN 'OneTime' THEN 'One-Time'
                WHEN 'Recurring' THEN 'Recurring'
                ELSE 'Usage-Based' END AS ChargeFrequency,
              concat_ws(' - ', product, meter_name) AS ChargeDescription,
              quantity AS PricingQuantity,
              unit_of_measure AS PricingUnit,
              CASE WHEN coalesce(charge_type, 'Usage') = 'Usage' THEN quantity END
                AS ConsumedQuantity,
              CASE WHEN coalesce(charge_type, 'Usage') = 'Usage' THEN unit_of_measure END
                AS ConsumedUnit,
              CASE pricing_model
                WHEN 'OnDemand' THEN 'Standard'
                WHEN 'Spot' THEN 'Dynamic'
                WHEN 'Reservation' THEN 'Committed'
                WHEN 'SavingsPlan' THEN 'Committed' END AS PricingCategory,
              coalesce(reservation_id, benefit_id) AS CommitmentDiscountId,
              coalesce(reservation_name, benefit_name) AS CommitmentDiscountName,
              CASE WHEN reservation_id IS NOT NULL THEN 'Usage'
                   WHEN benefit_id IS NOT NULL THEN 'Spend' END AS CommitmentDiscountCategory,
              CASE WHEN reservation_id IS NOT NULL THEN 'Reservation'
                   WHEN benefit_id IS NOT NULL THEN 'Savings Plan' END AS CommitmentDiscountType,
              CASE
                WHEN coalesce(reservation_id, benefit_id) IS NULL THEN NULL
                WHEN charge_type IN ('UnusedReservation', 'UnusedSavingsPlan') THEN 'Unused'
                WHEN coalesce(charge_type, 'Usage') = 'Usage' THEN 'Used' END
                AS CommitmentDiscountStatus,
              resource_location AS RegionId,
              resource_location AS RegionName,
              availability_zone AS AvailabilityZone,
              lower(resource_id) AS ResourceId,
              resource_name AS ResourceName,
              CASE WHEN resource_id IS NOT NULL THEN coalesce(consumed_service, meter_category) END
                AS ResourceType,
              meter_category AS ServiceName,
              CASE
                WHEN service_family IN ('Compute', 'Containers') THEN 'Compute'
                WHEN service_family IN ('Storage', 'Networking', 'Databases', 'Analytics',
                  'Security', 'Integration', 'Web', 'Developer Tools', 'Internet of Things')
                  THEN service_family
                WHEN service_family = 'AI + Machine Learning' THEN 'AI and Machine Learning'
                WHEN service_family = 'Management and Governance' THEN service_family
                ELSE 'Other' END AS ServiceCategory,
              meter_subcategory AS ServiceSubcategory,
              CASE WHEN charge_type IS DISTINCT FROM 'Tax' THEN meter_id END AS SkuId,
              CASE WHEN charge_type IS DISTINCT FROM 'Tax'
                THEN concat_ws('/', part_number, meter_id) END AS SkuPriceId,
              CASE WHEN charge_type IS DISTINCT FROM 'Tax' THEN meter_name END AS SkuMeter,
              CASE WHEN json_valid(additional_info) THEN additional_info::JSON END
                AS SkuPriceDetails,
              CASE WHEN json_valid(tags_json) THEN tags_json::JSON END AS Tags,
              'Microsoft' AS ProviderName,
              coalesce(publisher_name, 'Microsoft') AS PublisherName,
              'Microsoft' AS InvoiceIssuerName,
              coalesce(publisher_name, 'Microsoft') AS ServiceProviderName,
              'Microsoft' AS HostProviderName
            FROM lines
            """;

    private AzureFocus() {}

    static FocusMapping mapping() {
        return new FocusMapping(AzureCostFormat.NAME, SELECT);
    }
}
