package dev.convergence.steps.focus;

import dev.convergence.steps.source.AwsCurFormat;
import dev.convergence.steps.source.AwsTags;
import java.util.List;

/// AWS Cost and Usage Report as FOCUS.
///
/// BilledCost is the unblended cost: its sum is the invoice's. What a savings plan covers is billed
/// by one line and taken back by its negation; where the two cancel out exactly, neither bills
/// anything.
final class AwsFocus {

    private static final String SELECT =
            """
            WITH netted AS (
              -- where a savings plan's negations take back exactly what it covers, neither is billed
              SELECT payer_account_id, billing_period_start FROM lines
              WHERE line_item_type IN ('SavingsPlanCoveredUsage', 'SavingsPlanNegation')
              GROUP BY ALL HAVING sum(unblended_cost) = 0)
            SELECT
              x_provider, x_run_id, x_source_file, x_loaded_at,
              lines.payer_account_id AS BillingAccountId,
              d_payer_name AS BillingAccountName,
              'AWS Account' AS BillingAccountType,
              linked_account_id AS SubAccountId,
              linked_account_name AS SubAccountName,
              'Account' AS SubAccountType,
              currency AS BillingCurrency,
              lines.billing_period_start AS BillingPeriodStart,
              billing_period_end AS BillingPeriodEnd,
              usage_start_time AS ChargePeriodStart,
              usage_end_time AS ChargePeriodEnd,
              invoice_id AS InvoiceId,
              CASE WHEN netted.payer_account_id IS NOT NULL
                  AND kind IN ('SavingsPlanCoveredUsage', 'SavingsPlanNegation')
                THEN 0 ELSE unblended_cost END AS BilledCost,
              coalesce(amortized_cost, unblended_cost) AS EffectiveCost,
              -- a commitment's discount is no part of the contracted price (FOCUS 1.2, ContractedCost)
              CASE
                WHEN kind = 'SavingsPlanNegation' THEN 0
                WHEN covered THEN coalesce(public_on_demand_cost, amortized_cost, unblended_cost)
                ELSE coalesce(net_unblended_cost, unblended_cost) END AS ContractedCost,
              CASE
                WHEN kind = 'SavingsPlanNegation' THEN 0
                WHEN kind = 'Usage' OR covered THEN public_on_demand_cost
                ELSE coalesce(public_on_demand_cost, unblended_cost) END AS ListCost,
              nullif(concat_ws(',', d_fixups,
                CASE WHEN netted.payer_account_id IS NULL
                    AND kind IN ('SavingsPlanCoveredUsage', 'SavingsPlanNegation')
                  THEN 'SavingsPlanNotNetted' END), '') AS x_fixups,
              CASE WHEN kind = 'Usage' OR covered THEN d_list_unit_price END AS ListUnitPrice,
              CASE WHEN kind = 'Usage' THEN d_unit_price
                   WHEN covered THEN d_list_unit_price END AS ContractedUnitPrice,
              CASE
                WHEN kind = 'Tax' THEN 'Tax'
                WHEN kind IN ('Credit', 'Refund', 'Discount', 'BundledDiscount', 'EdpDiscount',
                  'PrivateRateDiscount') THEN 'Credit'
                WHEN kind IN ('Fee', 'RIFee', 'SavingsPlanUpfrontFee', 'SavingsPlanRecurringFee')
                  THEN 'Purchase'
                ELSE 'Usage' END AS ChargeCategory,
              CASE WHEN kind = 'Refund' THEN 'Correction' END AS ChargeClass,
              CASE
                WHEN kind IN ('RIFee', 'SavingsPlanRecurringFee') THEN 'Recurring'
                WHEN kind IN ('Fee', 'SavingsPlanUpfrontFee') THEN 'One-Time'
                ELSE 'Usage-Based' END AS ChargeFrequency,
              d_description AS ChargeDescription,
              CASE WHEN kind <> 'Tax' THEN usage_amount END AS PricingQuantity,
              CASE WHEN kind <> 'Tax' AND usage_amount IS NOT NULL THEN pricing_unit END
                AS PricingUnit,
              CASE WHEN kind = 'Usage' OR covered THEN usage_amount END AS ConsumedQuantity,
              CASE WHEN (kind = 'Usage' OR covered) AND usage_amount IS NOT NULL
                THEN pricing_unit END AS ConsumedUnit,
              CASE
                WHEN covered OR kind = 'SavingsPlanNegation' THEN 'Committed'
                WHEN kind IN ('Fee', 'RIFee', 'SavingsPlanUpfrontFee', 'SavingsPlanRecurringFee')
                  THEN 'Standard'
                WHEN kind <> 'Usage' THEN NULL
                WHEN d_term ILIKE 'spot' OR d_purchase_option ILIKE 'spot'
                  OR usage_type ILIKE '%spotusage%' THEN 'Dynamic'
                ELSE 'Standard' END AS PricingCategory,
              coalesce(reservation_arn, savings_plan_arn) AS CommitmentDiscountId,
              regexp_extract(coalesce(reservation_arn, savings_plan_arn), '[^:/]+$')
                AS CommitmentDiscountName,
              CASE WHEN reservation_arn IS NOT NULL THEN 'Usage'
                   WHEN savings_plan_arn IS NOT NULL THEN 'Spend' END AS CommitmentDiscountCategory,
              CASE WHEN reservation_arn IS NOT NULL THEN 'Reservation'
                   WHEN savings_plan_arn IS NOT NULL THEN coalesce(d_sp_offering, 'Savings Plan')
                END AS CommitmentDiscountType,
              CASE WHEN coalesce(reservation_arn, savings_plan_arn) IS NOT NULL
                  AND (covered OR kind IN ('Usage', 'SavingsPlanNegation')) THEN 'Used' END
                AS CommitmentDiscountStatus,
              CASE kind WHEN 'DiscountedUsage' THEN usage_amount
                WHEN 'SavingsPlanCoveredUsage' THEN d_sp_effective END
                AS CommitmentDiscountQuantity,
              CASE kind WHEN 'DiscountedUsage' THEN pricing_unit
                WHEN 'SavingsPlanCoveredUsage' THEN currency END AS CommitmentDiscountUnit,
              region AS RegionId,
              coalesce(d_region_name, region) AS RegionName,
              availability_zone AS AvailabilityZone,
              resource_id AS ResourceId,
              nullif(regexp_extract(resource_id, '[^:/]+$'), '') AS ResourceName,
              CASE WHEN resource_id IS NOT NULL THEN coalesce(d_product_family, product_code) END
                AS ResourceType,
              product_name AS ServiceName,
              services.category AS ServiceCategory,
              services.subcategory AS ServiceSubcategory,
              CASE WHEN kind <> 'Tax' THEN d_sku END AS SkuId,
              CASE WHEN kind <> 'Tax' THEN d_rate_code END AS SkuPriceId,
              CASE WHEN kind <> 'Tax' THEN usage_type END AS SkuMeter,
              CASE WHEN kind <> 'Tax' THEN d_price_details::JSON END AS SkuPriceDetails,
              d_tags::JSON AS Tags,
              CASE WHEN json_valid(cost_category_json) THEN cost_category_json::JSON END
                AS x_CostCategories,
              d_principal AS x_PrincipalId,
              'AWS' AS ProviderName,
              CASE WHEN d_billing_entity = 'AWS Marketplace' THEN coalesce(d_legal_entity, 'AWS')
                ELSE 'AWS' END AS PublisherName,
              coalesce(d_issuer, 'AWS') AS InvoiceIssuerName,
              coalesce(d_legal_entity, 'AWS') AS ServiceProviderName,
              'AWS' AS HostProviderName
            FROM (
                SELECT *, coalesce(line_item_type, 'Usage') AS kind,
                  coalesce(line_item_type IN ('DiscountedUsage', 'SavingsPlanCoveredUsage'), false)
                    AS covered
                FROM lines) lines
              LEFT JOIN services USING (service_key)
              LEFT JOIN netted ON netted.payer_account_id = lines.payer_account_id
                AND netted.billing_period_start = lines.billing_period_start
            """;

    private static final Lookup TAGS =
            new Lookup(
                    "focus_tags",
                    List.of("resource_tags_json", "d_tags_map"),
                    List.of("d_tags", "d_fixups"),
                    "resource_tags_json IS NOT NULL",
                    AwsTags::read);

    private AwsFocus() {}

    static FocusMapping mapping() {
        return new FocusMapping(AwsCurFormat.NAME, "aws", "product_code", List.of(TAGS), SELECT);
    }
}
