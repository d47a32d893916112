package dev.convergence.steps.focus;

import dev.convergence.steps.source.AiUsageFormats;

/// Daily usage of language-model APIs as FOCUS: tokens are what is consumed, a million of them is
/// what has a price. A line that has tokens of several kinds has no unit price.
final class AiFocus {

    private static final String SELECT =
            """
            SELECT
              x_provider, x_run_id, x_source_file, x_loaded_at,
              organization_id AS BillingAccountId,
              'Organization' AS BillingAccountType,
              coalesce(project_id, 'default') AS SubAccountId,
              '%2$s' AS SubAccountType,
              currency AS BillingCurrency,
              date_trunc('month', usage_date)::TIMESTAMP AS BillingPeriodStart,
              (date_trunc('month', usage_date) + INTERVAL 1 MONTH)::TIMESTAMP AS BillingPeriodEnd,
              usage_date::TIMESTAMP AS ChargePeriodStart,
              usage_date::TIMESTAMP + INTERVAL 1 DAY AS ChargePeriodEnd,
              cost AS BilledCost,
              cost AS EffectiveCost,
              cost AS ContractedCost,
              cost AS ListCost,
              CASE WHEN cost < 0 THEN 'Credit' ELSE 'Usage' END AS ChargeCategory,
              'Usage-Based' AS ChargeFrequency,
              concat_ws(' ', model, 'tokens') AS ChargeDescription,
              CASE WHEN cost >= 0 THEN tokens END AS ConsumedQuantity,
              CASE WHEN cost >= 0 THEN 'Tokens' END AS ConsumedUnit,
              (tokens * 0.000001)::DECIMAL(38,20) AS PricingQuantity,
              '1000000 Tokens' AS PricingUnit,
              CASE WHEN service_tier IN ('batch', 'flex') THEN 'Other' ELSE 'Standard' END
                AS PricingCategory,
              model AS SkuId,
              concat_ws('/', model, service_tier) AS SkuPriceId,
              'Tokens' AS SkuMeter,
              json_object('ModelId', model, 'ServiceTier', service_tier) AS SkuPriceDetails,
              '%3$s' AS ServiceName,
              'AI and Machine Learning' AS ServiceCategory,
              'Generative AI' AS ServiceSubcategory,
              '%1$s' AS ProviderName,
              '%1$s' AS PublisherName,
              '%1$s' AS InvoiceIssuerName,
              '%1$s' AS ServiceProviderName,
              '%1$s' AS HostProviderName
            FROM (
              SELECT *, (coalesce(input_tokens, 0) + coalesce(cached_input_tokens, 0)
                + coalesce(cache_write_tokens, 0) + coalesce(output_tokens, 0))::DECIMAL(18,0)
                AS tokens
              FROM lines)
            """;

    private AiFocus() {}

    static FocusMapping openAi() {
        return new FocusMapping(
                AiUsageFormats.OPENAI,
                "openai",
                "model",
                SELECT.formatted("OpenAI", "Project", "OpenAI API"));
    }

    static FocusMapping claude() {
        return new FocusMapping(
                AiUsageFormats.CLAUDE,
                "claude",
                "model",
                SELECT.formatted("Anthropic", "Workspace", "Claude API"));
    }
}
