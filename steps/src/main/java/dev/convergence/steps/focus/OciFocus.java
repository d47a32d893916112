package dev.convergence.steps.focus;

import dev.convergence.steps.source.OciCostFormat;
import java.util.List;

/// Oracle Cloud's cost report as FOCUS.
final class OciFocus {

    private static final String SELECT =
            """
            SELECT
              x_provider, x_run_id, x_source_file, x_loaded_at,
              tenant_id AS BillingAccountId,
              'Tenancy' AS BillingAccountType,
              compartment_id AS SubAccountId,
              compartment_name AS SubAccountName,
              CASE WHEN compartment_id IS NOT NULL THEN 'Compartment' END AS SubAccountType,
              currency AS BillingCurrency,
              date_trunc('month', usage_start_time)::TIMESTAMP AS BillingPeriodStart,
              (date_trunc('month', usage_start_time) + INTERVAL 1 MONTH)::TIMESTAMP
                AS BillingPeriodEnd,
              usage_start_time AS ChargePeriodStart,
              usage_end_time AS ChargePeriodEnd,
              cost AS BilledCost,
              cost AS EffectiveCost,
              cost AS ContractedCost,
              unit_price AS ContractedUnitPrice,
              CASE WHEN lower(is_correction) = 'true' THEN 'Adjustment' ELSE 'Usage' END
                AS ChargeCategory,
              CASE WHEN lower(is_correction) = 'true' THEN 'Correction' END AS ChargeClass,
              description AS ChargeDescription,
              'Usage-Based' AS ChargeFrequency,
              billed_quantity AS PricingQuantity,
              coalesce(sku_unit_description, billing_unit) AS PricingUnit,
              CASE WHEN lower(is_correction) IS DISTINCT FROM 'true' THEN billed_quantity END
                AS ConsumedQuantity,
              CASE WHEN lower(is_correction) IS DISTINCT FROM 'true'
                THEN coalesce(sku_unit_description, billing_unit) END AS ConsumedUnit,
              CASE WHEN lower(is_correction) IS DISTINCT FROM 'true' THEN 'Standard' END
                AS PricingCategory,
              region AS RegionId,
              region AS RegionName,
              availability_domain AS AvailabilityZone,
              resource_id AS ResourceId,
              CASE WHEN resource_id IS NOT NULL THEN service END AS ResourceType,
              service AS ServiceName,
              services.category AS ServiceCategory,
              services.subcategory AS ServiceSubcategory,
              d_tags AS Tags,
              product_sku AS SkuId,
              product_sku AS SkuPriceId,
              description AS SkuMeter,
              'Oracle' AS ProviderName,
              'Oracle' AS PublisherName,
              'Oracle' AS InvoiceIssuerName,
              'Oracle' AS ServiceProviderName,
              'Oracle' AS HostProviderName
            FROM lines LEFT JOIN services USING (service_key)
            """;

    private OciFocus() {}

    static FocusMapping mapping() {
        return new FocusMapping(OciCostFormat.NAME, "oci", "service", List.of(), SELECT);
    }
}
