SELECT
  'aws' AS x_provider,
  bill_payer_account_id AS BillingAccountId,
  bill_payer_account_name AS BillingAccountName,
  line_item_usage_account_id AS SubAccountId,
  line_item_usage_account_name AS SubAccountName,
  line_item_currency_code AS BillingCurrency,
  bill_billing_period_start_date::TIMESTAMP AS BillingPeriodStart,
  bill_billing_period_end_date::TIMESTAMP AS BillingPeriodEnd,
  line_item_usage_start_date::TIMESTAMP AS ChargePeriodStart,
  line_item_usage_end_date::TIMESTAMP AS ChargePeriodEnd,
  bill_invoice_id AS InvoiceId,
  line_item_unblended_cost::DECIMAL(38,20) AS BilledCost,
  CASE line_item_line_item_type
    WHEN 'SavingsPlanCoveredUsage' THEN savings_plan_savings_plan_effective_cost::DECIMAL(38,20)
    WHEN 'DiscountedUsage' THEN reservation_effective_cost::DECIMAL(38,20)
    WHEN 'SavingsPlanNegation' THEN 0::DECIMAL(38,20)
    ELSE line_item_unblended_cost::DECIMAL(38,20) END AS EffectiveCost,
  coalesce(line_item_net_unblended_cost::DECIMAL(38,20),
    line_item_unblended_cost::DECIMAL(38,20)) AS ContractedCost,
  coalesce(pricing_public_on_demand_cost::DECIMAL(38,20),
    line_item_unblended_cost::DECIMAL(38,20)) AS ListCost,
  pricing_public_on_demand_rate::DECIMAL(38,20) AS ListUnitPrice,
  line_item_unblended_rate::DECIMAL(38,20) AS ContractedUnitPrice,
  CASE WHEN line_item_line_item_type = 'Tax' THEN 'Tax'
    WHEN line_item_line_item_type IN ('Credit', 'Refund') THEN 'Credit'
    WHEN line_item_line_item_type IN ('Fee', 'RIFee', 'SavingsPlanRecurringFee') THEN 'Purchase'
    ELSE 'Usage' END AS ChargeCategory,
  CASE WHEN line_item_line_item_type = 'Refund' THEN 'Correction' END AS ChargeClass,
  'Usage-Based' AS ChargeFrequency,
  line_item_line_item_description AS ChargeDescription,
  line_item_usage_amount::DECIMAL(38,20) AS PricingQuantity,
  pricing_unit AS PricingUnit,
  line_item_usage_amount::DECIMAL(38,20) AS ConsumedQuantity,
  pricing_unit AS ConsumedUnit,
  CASE WHEN pricing_term = 'Spot' THEN 'Dynamic' ELSE 'Standard' END AS PricingCategory,
  coalesce(reservation_reservation_a_r_n::VARCHAR,
    savings_plan_savings_plan_a_r_n::VARCHAR) AS CommitmentDiscountId,
  product_region_code AS RegionId,
  product_location AS RegionName,
  line_item_availability_zone AS AvailabilityZone,
  line_item_resource_id AS ResourceId,
  product_product_family AS ResourceType,
  product::JSON->>'product_name' AS ServiceName,
  'Other' AS ServiceCategory,
  product_sku AS SkuId,
  pricing_rate_code AS SkuPriceId,
  line_item_usage_type AS SkuMeter,
  resource_tags::JSON AS Tags,
  'AWS' AS ProviderName,
  'AWS' AS PublisherName,
  bill_invoicing_entity AS InvoiceIssuerName,
  line_item_legal_entity AS ServiceProviderName
FROM raw
