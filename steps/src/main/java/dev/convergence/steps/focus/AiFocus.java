package dev.convergence.steps.focus;

import dev.convergence.steps.source.AiUsageFormats;
import java.util.List;

/// Costs of language-model APIs as FOCUS: tokens are what is consumed, a million of them is what
/// has a price. Lines of usage alone are no charges; their tokens come to the one line of cost of
/// the same day, project, model and kind of token. Where several lines of cost share them, none
/// gets them.
final class AiFocus {

    private static final String SELECT =
            """
            WITH used AS (
              SELECT usage_date, organization_id, project_id, model, service_tier, meter,
                sum(tokens) AS tokens
              FROM (
                SELECT usage_date, organization_id, project_id, model, service_tier,
                  unnest(['input', 'cached_input', 'output', 'cache_write_1h', 'cache_write_5m'])
                    AS meter,
                  unnest([input_tokens, cached_input_tokens, output_tokens, d_cache_write_1h,
                    d_cache_write_5m]) AS tokens
                FROM lines WHERE kind = 'usage')
              GROUP BY ALL),
            alone AS (
              SELECT usage_date, organization_id, project_id, model, service_tier, d_tokens AS meter
              FROM lines WHERE kind = 'cost' AND d_tokens IS NOT NULL
              GROUP BY ALL HAVING count(*) = 1),
            counted AS (
              SELECT lines.*,
                CASE WHEN kind = 'usage_and_cost' THEN
                    (coalesce(input_tokens, 0) + coalesce(cached_input_tokens, 0)
                      + coalesce(cache_write_tokens, 0) + coalesce(output_tokens, 0))::DECIMAL(18,0)
                  WHEN quantity_unit ILIKE '%%token%%' THEN quantity::DECIMAL(18,0)
                  ELSE used.tokens::DECIMAL(18,0) END AS tokens
              FROM lines
                LEFT JOIN alone ON kind = 'cost' AND alone.usage_date = lines.usage_date
                  AND alone.organization_id = lines.organization_id
                  AND alone.project_id IS NOT DISTINCT FROM lines.project_id
                  AND alone.model IS NOT DISTINCT FROM lines.model
                  AND alone.service_tier IS NOT DISTINCT FROM lines.service_tier
                  AND alone.meter = d_tokens
                LEFT JOIN used ON used.usage_date = alone.usage_date
                  AND used.organization_id = alone.organization_id
                  AND used.project_id IS NOT DISTINCT FROM alone.project_id
                  AND used.model = alone.model
                  AND (used.service_tier IS NOT DISTINCT FROM alone.service_tier)
                  AND used.meter = alone.meter
              WHERE kind <> 'usage')
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
              coalesce(line_item, concat_ws(' ', model, 'tokens')) AS ChargeDescription,
              CASE WHEN cost >= 0 THEN coalesce(tokens::DECIMAL(38,20), quantity) END
                AS ConsumedQuantity,
              CASE WHEN cost < 0 THEN NULL WHEN tokens IS NOT NULL THEN 'Tokens'
                ELSE quantity_unit END AS ConsumedUnit,
              coalesce((tokens * 0.000001)::DECIMAL(38,20), quantity) AS PricingQuantity,
              CASE WHEN tokens IS NOT NULL THEN '1000000 Tokens' ELSE quantity_unit END
                AS PricingUnit,
              CASE WHEN cost < 0 THEN NULL
                WHEN service_tier IN ('batch', 'flex') THEN 'Other' ELSE 'Standard' END
                AS PricingCategory,
              nullif(concat_ws('-', model, replace(coalesce(d_tokens, cost_type), '_', '-')), '')
                AS SkuId,
              nullif(concat_ws('/', model, coalesce(d_tokens, cost_type), service_tier,
                context_window), '') AS SkuPriceId,
              CASE d_tokens
                WHEN 'input' THEN 'Input Tokens'
                WHEN 'cached_input' THEN 'Cached Input Tokens'
                WHEN 'output' THEN 'Output Tokens'
                WHEN 'cache_write_1h' THEN 'Cache Write Tokens'
                WHEN 'cache_write_5m' THEN 'Cache Write Tokens'
                ELSE CASE WHEN kind = 'usage_and_cost' THEN 'Tokens'
                  ELSE coalesce(cost_type, quantity_unit, line_item) END END AS SkuMeter,
              json_merge_patch(json_object(), json_object(
                'ModelId', model,
                'TokenDirection', CASE WHEN d_tokens = 'output' THEN 'Output'
                  WHEN d_tokens IS NOT NULL THEN 'Input' END,
                'TokenCacheAction', CASE WHEN d_tokens = 'cached_input' THEN 'Read'
                  WHEN d_tokens LIKE 'cache_write%%' THEN 'Write' END,
                'ServiceTier', service_tier,
                'ContextWindow', context_window,
                'InferenceGeo', inference_geo)) AS SkuPriceDetails,
              CASE WHEN project_id IS NOT NULL THEN json_object('%4$s', project_id) END AS Tags,
              '%3$s' AS ServiceName,
              'AI and Machine Learning' AS ServiceCategory,
              'Generative AI' AS ServiceSubcategory,
              '%1$s' AS ProviderName,
              '%1$s' AS PublisherName,
              '%1$s' AS InvoiceIssuerName,
              '%1$s' AS ServiceProviderName,
              '%1$s' AS HostProviderName,
              api_key_id AS x_CredentialId,
              user_id AS x_PrincipalId
            FROM counted
            """;

    private AiFocus() {}

    static FocusMapping openAi() {
        return mapping(
                AiUsageFormats.OPENAI,
                "openai",
                SELECT.formatted("OpenAI", "Project", "OpenAI API", "project"));
    }

    static FocusMapping claude() {
        return mapping(
                AiUsageFormats.CLAUDE,
                "claude",
                SELECT.formatted("Anthropic", "Workspace", "Claude API", "workspace"));
    }

    private static FocusMapping mapping(String format, String provider, String select) {
        return new FocusMapping(
                format, provider, "model", "kind <> 'usage'", "false", List.of(), select);
    }
}
