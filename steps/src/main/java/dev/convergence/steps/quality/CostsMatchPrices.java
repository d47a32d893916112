package dev.convergence.steps.quality;

import dev.convergence.engine.step.QualityCheck;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// What a vendor bills for a model on a day is what the tokens that it reports cost by a price
/// list, to within a share. Model-days that lack the cost, the tokens or the price are not looked
/// at. Batches cost half.
record CostsMatchPrices(BigDecimal tolerance, List<TokenPrice> prices) implements TableExpectation {

    static final String NO_PRICES = "no prices are known; the setting price_list names some";

    static CostsMatchPrices to(BigDecimal tolerance) {
        return new CostsMatchPrices(tolerance, List.of());
    }

    CostsMatchPrices with(List<TokenPrice> list) {
        return new CostsMatchPrices(tolerance, list);
    }

    @Override
    public List<String> columns() {
        return List.of("usage_date", "organization_id", "model", "kind", "cost", "currency");
    }

    @Override
    public List<Sql> measures(TableFacts table) {
        return List.of();
    }

    /// Less than a cent is rounding.
    private static final String MODEL_DAYS =
            """
            WITH prices (name, input, cached, cache_write, output, unit) AS (VALUES %%s),
            costs AS (
              SELECT usage_date, organization_id, model, currency, sum(cost) AS cost
              FROM %1$s
              WHERE kind <> 'usage' AND model IS NOT NULL AND coalesce(cost_type, 'tokens') = 'tokens'
              GROUP BY ALL),
            tokens AS (
              SELECT usage_date, organization_id, model, name, unit,
                sum(CASE WHEN service_tier IN ('batch', 'flex') THEN 0.5 ELSE 1 END
                  * (coalesce(input_tokens, 0)::DOUBLE * input
                    + coalesce(cached_input_tokens, 0)::DOUBLE * cached
                    + coalesce(cache_write_tokens, 0)::DOUBLE * cache_write
                    + coalesce(output_tokens, 0)::DOUBLE * output) / 1000000) AS priced
              FROM %1$s JOIN prices ON model = name OR (starts_with(model, name)
                AND regexp_full_match(substr(model, length(name) + 1),
                  '-([0-9]{4}-?[0-9]{2}-?[0-9]{2}|latest)'))
              WHERE kind <> 'cost'
              GROUP BY ALL),
            model_days AS (
              SELECT costs.*, priced,
                abs(cost::DOUBLE - priced) > greatest(0.01, %2$s * abs(cost::DOUBLE)) AS off
              FROM costs JOIN tokens USING (usage_date, organization_id, model)
              WHERE unit = currency)
            """;

    private Sql modelDays(TableFacts table, String select) {
        String row = "(?, ?::DOUBLE, ?::DOUBLE, ?::DOUBLE, ?::DOUBLE, ?)";
        Sql values =
                new Sql(
                        String.join(", ", Collections.nCopies(prices.size(), row)),
                        prices.stream().flatMap(price -> cells(price).stream()).toList());
        String days =
                MODEL_DAYS.formatted(Identifier.quoted(table.table()), tolerance.toPlainString());
        return Sql.format(days + select, values);
    }

    private static List<Object> cells(TokenPrice price) {
        return List.of(
                price.model(),
                price.input(),
                price.cachedInput(),
                price.cacheWrite(),
                price.output(),
                price.currency());
    }

    @Override
    public Optional<Sql> question(TableFacts table, Measured measured) {
        return prices.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        modelDays(
                                table,
                                "SELECT count(*), count(*) FILTER (WHERE off) FROM model_days"));
    }

    @Override
    public Verdict judge(Measured measured, TableFacts table, LoadTime time) {
        if (prices.isEmpty()) {
            return Verdict.of(true, 0, NO_PRICES);
        }
        long broken = measured.count(1);
        return new Verdict(
                broken == 0,
                measured.count(0),
                broken,
                broken + " of " + measured.count(0) + " model-days are off");
    }

    @Override
    public Optional<Sql> failingKeys(TableFacts table) {
        return prices.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        modelDays(
                                table,
                                """
                                SELECT concat('usage_date=', usage_date, ', model=', model, ': billed ',
                                  round(cost::DOUBLE, 4), ', by price list ', round(priced, 4))
                                FROM model_days WHERE off
                                ORDER BY abs(cost::DOUBLE - priced) DESC, 1 LIMIT %d
                                """
                                        .formatted(QualityCheck.FAILING_KEYS_MAX)));
    }

    @Override
    public String expected() {
        return "the cost of the tokens by the price list, within a share of "
                + tolerance.toPlainString();
    }
}
