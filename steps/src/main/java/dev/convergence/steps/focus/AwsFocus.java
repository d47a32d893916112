package dev.convergence.steps.focus;

import dev.convergence.steps.source.AwsCurFormat;

/// AWS Cost and Usage Report as FOCUS.
///
/// BilledCost is the unblended cost of every line: what a savings plan covers is billed by one line
/// and taken back by its negation, so the sum is the invoice's.
final class AwsFocus {

    private static final String SELECT =
            """
            SELECT
              x_provider, x_run_id, x_source_file, x_loaded_at,
              payer_account_id AS BillingAccountId,
              d_payer_name AS BillingAccountName,
              'AWS Account' AS BillingAccountType,
              linked_account_id AS SubAccountId,
              linked_account_name AS SubAccountName,
              'Account' AS SubAccountType,
              currency AS BillingCurrency,
              billing_period_start AS BillingPeriodStart,
              billing_period_end AS BillingPeriodEnd,
              usage_start_time AS ChargePeriodStart,
              usage_end_time AS ChargePeriodEnd,
              invoice_id AS InvoiceId,
              unblended_cost AS BilledCost,
              coalesce(amortized_cost, unblended_cost) AS EffectiveCost,
              -- a commitment's discount is no part of the contracted price (FOCUS 1.2, ContractedCost)
              CASE WHEN line_item_type IN ('DiscountedUsage', 'SavingsPlanCoveredUsage')
                THEN coalesce(public_on_demand_cost, amortized_cost, unblended_cost)
                WHEN line_item_type = 'SavingsPlanNegation' THEN coalesce(amortized_cost, 0)
                ELSE coalesce(net_unblended_cost, unblended_cost) END AS ContractedCost,
              coalesce(public_on_demand_cost, unblended_cost) AS ListCost,
              CASE WHEN public_on_demand_cost IS NULL THEN 'MissingListCost' END AS x_SourceChanges,
              d_list_unit_price AS ListUnitPrice,
              d_unit_price AS ContractedUnitPrice,
              CASE
                WHEN line_item_type = 'Tax' THEN 'Tax'
                WHEN line_item_type IN ('Credit', 'Refund', 'Discount', 'BundledDiscount',
                  'EdpDiscount', 'PrivateRateDiscount') THEN 'Credit'
                WHEN line_item_type IN ('Fee', 'RIFee', 'SavingsPlanUpfrontFee',
                  'SavingsPlanRecurringFee') THEN 'Purchase'
                ELSE 'Usage' END AS ChargeCategory,
              CASE WHEN line_item_type = 'Refund' THEN 'Correction' END AS ChargeClass,
              CASE
                WHEN line_item_type IN ('RIFee', 'SavingsPlanRecurringFee') THEN 'Recurring'
                WHEN line_item_type IN ('Fee', 'SavingsPlanUpfrontFee') THEN 'One-Time'
                ELSE 'Usage-Based' END AS ChargeFrequency,
              d_description AS ChargeDescription,
              usage_amount AS PricingQuantity,
              pricing_unit AS PricingUnit,
              CASE WHEN line_item_type IN ('Usage', 'DiscountedUsage', 'SavingsPlanCoveredUsage')
                THEN usage_amount END AS ConsumedQuantity,
              CASE WHEN line_item_type IN ('Usage', 'DiscountedUsage', 'SavingsPlanCoveredUsage')
                THEN pricing_unit END AS ConsumedUnit,
              CASE
                WHEN line_item_type IN ('DiscountedUsage', 'SavingsPlanCoveredUsage')
                  THEN 'Committed'
                WHEN line_item_type <> 'Usage' THEN NULL
                WHEN d_term ILIKE 'spot' OR usage_type ILIKE '%spot%' THEN 'Dynamic'
                ELSE 'Standard' END AS PricingCategory,
              coalesce(reservation_arn, savings_plan_arn) AS CommitmentDiscountId,
              CASE WHEN reservation_arn IS NOT NULL THEN 'Usage'
                   WHEN savings_plan_arn IS NOT NULL THEN 'Spend' END AS CommitmentDiscountCategory,
              CASE WHEN reservation_arn IS NOT NULL THEN 'Reservation'
                   WHEN savings_plan_arn IS NOT NULL THEN 'Savings Plan' END
                AS CommitmentDiscountType,
              CASE WHEN line_item_type IN ('DiscountedUsage', 'SavingsPlanCoveredUsage')
                THEN 'Used' END AS CommitmentDiscountStatus,
              region AS RegionId,
              coalesce(d_region_name, region) AS RegionName,
              availability_zone AS AvailabilityZone,
              resource_id AS ResourceId,
              regexp_extract(resource_id, '[^:/]+$') AS ResourceName,
              CASE WHEN resource_id IS NOT NULL THEN coalesce(d_product_family, product_code) END
                AS ResourceType,
              product_name AS ServiceName,
              CASE
                WHEN product_code IN ('AmazonEC2', 'AWSLambda', 'AmazonECS', 'AmazonEKS',
                  'AmazonLightsail', 'AWSBatch') THEN 'Compute'
                WHEN product_code IN ('AmazonS3', 'AmazonEFS', 'AmazonGlacier', 'AWSBackup',
                  'AmazonFSx') THEN 'Storage'
                WHEN product_code IN ('AmazonRDS', 'AmazonDynamoDB', 'AmazonElastiCache',
                  'AmazonDocDB', 'AmazonNeptune') THEN 'Databases'
                WHEN product_code IN ('AmazonRedshift', 'AmazonAthena', 'AWSGlue', 'AmazonKinesis',
                  'ElasticMapReduce', 'AmazonQuickSight') THEN 'Analytics'
                WHEN product_code IN ('AmazonVPC', 'AmazonCloudFront', 'AmazonRoute53',
                  'AWSDataTransfer', 'AWSELB', 'AWSDirectConnect') THEN 'Networking'
                WHEN product_code IN ('AmazonSageMaker', 'AmazonBedrock', 'AmazonRekognition',
                  'AmazonTextract') THEN 'AI and Machine Learning'
                WHEN product_code IN ('AWSQueueService', 'AmazonSNS', 'AmazonMQ', 'AWSEvents',
                  'AmazonStates', 'AmazonApiGateway') THEN 'Integration'
                WHEN product_code IN ('awskms', 'AWSSecretsManager', 'AmazonGuardDuty', 'awswaf',
                  'AWSSecurityHub', 'AmazonInspector') THEN 'Security'
                WHEN product_code IN ('AmazonCloudWatch', 'AWSCloudTrail', 'AWSConfig',
                  'AWSSystemsManager') THEN 'Management and Governance'
                WHEN product_code IN ('CodeBuild', 'AWSCodePipeline', 'AmazonECR', 'AWSXRay')
                  THEN 'Developer Tools'
                ELSE 'Other' END AS ServiceCategory,
              CASE WHEN line_item_type <> 'Tax' THEN d_sku END AS SkuId,
              CASE WHEN line_item_type <> 'Tax' THEN d_rate_code END AS SkuPriceId,
              CASE WHEN line_item_type <> 'Tax' THEN usage_type END AS SkuMeter,
              CASE WHEN json_valid(resource_tags_json) THEN resource_tags_json::JSON END AS Tags,
              'AWS' AS ProviderName,
              coalesce(d_legal_entity, 'AWS') AS PublisherName,
              coalesce(d_issuer, 'AWS') AS InvoiceIssuerName,
              coalesce(d_legal_entity, 'AWS') AS ServiceProviderName,
              'AWS' AS HostProviderName
            FROM lines
            """;

    private AwsFocus() {}

    static FocusMapping mapping() {
        return new FocusMapping(AwsCurFormat.NAME, SELECT);
    }
}
