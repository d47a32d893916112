package dev.convergence.steps.focus;

import dev.convergence.steps.source.GcpBillingFormat;
import dev.convergence.steps.source.GcpCommitment;
import dev.convergence.steps.source.GcpTags;
import java.util.List;

/// Google Cloud's detailed export as FOCUS.
///
/// Google bills `cost` plus the credits, and a line stays one line; so BilledCost and EffectiveCost
/// are net of credits, ContractedCost is `cost`, and the credits stand beside them in `x_Credits`.
final class GcpFocus {

    private static final String SELECT =
            """
            SELECT
              x_provider, x_run_id, x_source_file, x_loaded_at,
              billing_account_id AS BillingAccountId,
              'Billing Account' AS BillingAccountType,
              currency AS BillingCurrency,
              d_period_start AS BillingPeriodStart,
              d_period_end AS BillingPeriodEnd,
              invoice_month AS x_InvoiceMonth,
              usage_start_time AS ChargePeriodStart,
              usage_end_time AS ChargePeriodEnd,
              cost + credits_total AS BilledCost,
              cost + credits_total AS EffectiveCost,
              cost AS ContractedCost,
              cost_at_list AS ListCost,
              d_list_unit_price AS ListUnitPrice,
              d_effective_price AS ContractedUnitPrice,
              credits_total AS x_CreditsTotal,
              d_credits AS x_Credits,
              CASE cost_type
                WHEN 'tax' THEN 'Tax'
                WHEN 'adjustment' THEN 'Adjustment'
                WHEN 'rounding_error' THEN 'Adjustment'
                ELSE 'Usage' END AS ChargeCategory,
              CASE WHEN cost_type IN ('adjustment', 'rounding_error')
                     OR d_adjustment_type ILIKE '%CORRECTION%'
                THEN 'Correction' END AS ChargeClass,
              sku_description AS ChargeDescription,
              'Usage-Based' AS ChargeFrequency,
              usage_amount_in_pricing_units AS PricingQuantity,
              usage_pricing_unit AS PricingUnit,
              CASE WHEN coalesce(cost_type, 'regular') = 'regular' THEN usage_amount END
                AS ConsumedQuantity,
              CASE WHEN coalesce(cost_type, 'regular') = 'regular' THEN usage_unit END
                AS ConsumedUnit,
              CASE
                WHEN cost_type IN ('tax', 'adjustment', 'rounding_error') THEN NULL
                WHEN d_credits::VARCHAR LIKE '%COMMITTED_USAGE_DISCOUNT%' THEN 'Committed'
                WHEN d_consumption_model ILIKE '%commit%' THEN 'Committed'
                WHEN sku_description ILIKE '%spot%' THEN 'Dynamic'
                ELSE 'Standard' END AS PricingCategory,
              coalesce(location_region, location_location) AS RegionId,
              coalesce(location_region, location_location) AS RegionName,
              location_zone AS AvailabilityZone,
              resource_global_name AS ResourceId,
              resource_name AS ResourceName,
              CASE WHEN coalesce(resource_global_name, resource_name) IS NOT NULL THEN
                coalesce(CASE WHEN NOT suffix(resource_global_name, '/')
                    THEN nullif(split_part(resource_global_name, '/', -2), '') END,
                  service_description) END AS ResourceType,
              service_description AS ServiceName,
              services.category AS ServiceCategory,
              services.subcategory AS ServiceSubcategory,
              CASE WHEN cost_type = 'tax' THEN NULL ELSE sku_id END AS SkuId,
              CASE WHEN cost_type = 'tax' THEN NULL
                ELSE sku_id || coalesce('/' || d_tier, '') END AS SkuPriceId,
              CASE WHEN cost_type = 'tax' THEN NULL ELSE sku_description END AS SkuMeter,
              project_id AS SubAccountId,
              project_name AS SubAccountName,
              CASE WHEN project_id IS NOT NULL THEN 'Project' END AS SubAccountType,
              d_tags::JSON AS Tags,
              d_price_details::JSON AS SkuPriceDetails,
              d_commitment_id AS CommitmentDiscountId,
              d_commitment_name AS CommitmentDiscountName,
              d_commitment_type AS CommitmentDiscountType,
              CASE WHEN d_commitment_type LIKE '%DOLLAR_BASE' THEN 'Spend'
                   WHEN d_commitment_type IS NOT NULL THEN 'Usage' END
                AS CommitmentDiscountCategory,
              CASE WHEN d_commitment_type IS NOT NULL THEN 'Used' END AS CommitmentDiscountStatus,
              'Google Cloud' AS ProviderName,
              coalesce(d_seller_name, 'Google Cloud') AS PublisherName,
              'Google Cloud' AS InvoiceIssuerName,
              coalesce(d_seller_name, 'Google Cloud') AS ServiceProviderName,
              'Google Cloud' AS HostProviderName
            FROM lines LEFT JOIN services USING (service_key)
            """;

    private static final Lookup TAGS =
            new Lookup(
                    "focus_tags",
                    List.of("d_labels", "d_line_tags", "d_project_labels"),
                    List.of("d_tags"),
                    "coalesce(d_labels, d_line_tags, d_project_labels) IS NOT NULL",
                    GcpTags::read);

    private static final Lookup PRICE_DETAILS =
            new Lookup(
                    "focus_price_details",
                    List.of("d_system_labels"),
                    List.of("d_price_details"),
                    "d_system_labels IS NOT NULL",
                    GcpTags::priceDetails);

    private static final Lookup COMMITMENTS =
            new Lookup(
                    "focus_commitments",
                    List.of("d_credits"),
                    List.of("d_commitment_id", "d_commitment_name", "d_commitment_type"),
                    "contains(d_credits::VARCHAR, '" + GcpCommitment.KIND + "')",
                    GcpCommitment::read);

    private GcpFocus() {}

    static FocusMapping mapping() {
        return new FocusMapping(
                GcpBillingFormat.NAME,
                "gcp",
                "service_description",
                List.of(TAGS, PRICE_DETAILS, COMMITMENTS),
                SELECT);
    }
}
